// The gate in a process of its own that can reach nothing: started by process.ts, told its settings and asked what it tried.
import { blockNetwork } from './network.ts';

const tried = blockNetwork();
const failures: string[] = [];
console.error = (...args: unknown[]) => void failures.push(args.join(' '));

process.on('message', (message: { start?: object; short?: boolean; ask?: true }) => {
  if (message.ask) process.send?.({ tried, failures });
  if (message.start) void start(message.start, message.short);
});
process.on('disconnect', () => process.exit());

async function start(settings: object, short?: boolean): Promise<void> {
  try {
    const { serve } = await import('../../serve.ts');
    const gate = await serve(settings, () => {}, { ...(short !== undefined && { short }) });
    process.send?.({ port: Number(new URL(gate.url).port) });
  } catch (error) {
    process.send?.({ error: String(error) });
  }
}
