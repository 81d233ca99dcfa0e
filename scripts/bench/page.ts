// `npm run bench page`: overview and call page in Chromium, as Lighthouse scores their speed.
import { serveDemo } from '../../site/e2e/demo.ts';
import { openAuditor } from '../lighthouse.ts';
import { type Bench, machine, median } from './report.ts';

const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
const GOAL = 95;
const DEVICES = { phone: 'phone, slow network and processor', desk: 'desk' } as const;

export const bench: Bench = async () => {
  await using site = await serveDemo();
  await using auditor = await openAuditor();
  const pages = { overview: '/', call: site.callPath };
  const found: { page: string; device: string; scores: number[] }[] = [];
  for (const [page, path] of Object.entries(pages))
    for (const device of ['phone', 'desk'] as const) {
      const scores: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        scores.push((await auditor.audit(`${site.url}${path}`, device, ['performance'])).scores.performance ?? 0);
      found.push({ page, device: DEVICES[device], scores });
    }
  return {
    title: 'Pages in a browser',
    command: 'npm run bench page',
    machine: machine(),
    method: `Lighthouse’s performance score, 0 to 100, of two pages of the demo’s first tenant with 100 days of calls, compressed and with the gate’s headers, from loopback; medians of ${ROUNDS} rounds. Lighthouse emulates the phone’s network and processor.`,
    tables: [
      {
        head: ['page', 'on', 'score', 'least to most'],
        rows: found.map(({ page, device, scores }) => [
          page,
          device,
          String(median(scores)),
          `${Math.min(...scores)} to ${Math.max(...scores)}`,
        ]),
      },
    ],
    goals: found.map(({ page, device, scores }) => ({
      what: `performance of the ${page}, ${device}`,
      goal: `≥ ${GOAL}`,
      measured: String(median(scores)),
      met: median(scores) >= GOAL,
    })),
  };
};
