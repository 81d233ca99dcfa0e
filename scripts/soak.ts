// `npm run soak [NAME ...] [-- --list] [-- --repeat N]`: checks that take too long, or need too much, for `npm test`. Each file
// in `scripts/soak/` is one: it exports `check`. All are run without a name; the exit status is 1 where one has failed.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../generator/render/version.ts';
import { type Check, SkippedError } from './soak/lib/check.ts';

const FOLDER = join(ROOT, 'scripts/soak');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean', default: false }, repeat: { type: 'string', default: '10' } },
});
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort();
const checks = await Promise.all(
  names.map(async (name) => [name, ((await import(join(FOLDER, `${name}.ts`))) as { check: Check }).check] as const),
);
const unknown = positionals.find((name) => !names.includes(name));
const repeat = Number(values.repeat);
if (unknown !== undefined || !(Number.isInteger(repeat) && repeat > 0)) {
  process.stderr.write(
    unknown === undefined
      ? `--repeat: ${JSON.stringify(values.repeat)} is no number of times. Give a whole number from 1 on.\n`
      : `There is no check "${unknown}". Name some of: ${names.join(', ')}; or none, for all.\n`,
  );
  process.exit(2);
}
if (values.list) {
  for (const [name, { does }] of checks) process.stdout.write(`${name.padEnd(10)} ${does}\n`);
  process.exit(0);
}

let failed = 0;
for (const [name, { does, run }] of checks) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stdout.write(`── ${name}: ${does}\n`);
  const started = performance.now();
  const outcome = await run({ repeat, say: (line) => void process.stdout.write(`   ${line}\n`) }).then(
    () => 'passed',
    (error: unknown) => {
      if (error instanceof SkippedError) return `skipped: ${error.message}`;
      failed++;
      return `failed: ${error instanceof Error ? error.message : String(error)}`;
    },
  );
  process.stdout.write(`── ${name} → ${outcome} (${Math.round((performance.now() - started) / 1000)} s)\n`);
}
process.exit(failed > 0 ? 1 : 0);
