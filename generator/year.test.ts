import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mulberry32 } from '../scripts/demo/data/random.ts';
import { compileTemplates } from '../templates/compile.ts';
import { dueBetween, type Incident, refusedMail, runYear } from './testing/year.ts';

/** Four hundred days, a run every hour, in `npm run soak -- year`. */
it('over weeks of late, doubled and missing runs each digest leaves once, each change is told once, and a missing run is seen', async () => {
  const templates = mkdtempSync(join(tmpdir(), 'year-'));
  await compileTemplates(templates);
  const incidents: Incident[] = [
    { kind: 'config', from: '2026-03-18', to: '2026-03-19' },
    { kind: 'no runs', from: '2026-03-20', to: '2026-03-23' },
    { kind: 'mail', from: '2026-03-24', to: '2026-03-25' },
    { kind: 'refusals', from: '2026-03-27', to: '2026-03-28' },
    { kind: 'silence', from: '2026-04-01', to: '2026-04-04' },
  ];
  const { mails, told, late } = await runYear({
    ...{ from: '2026-03-16', to: '2026-04-08', every: 12 },
    ...{ incidents, random: mulberry32(1), templates },
  });
  expect(new Set(mails).size).toBe(mails.length);
  const missing = dueBetween('2026-03-16', '2026-04-05').filter((mail) => !mails.includes(mail));
  expect(missing).toEqual(incidents.filter(({ kind }) => kind === 'mail').map(refusedMail));
  // Nothing else has left but what was due until the end.
  expect(mails.filter((mail) => !dueBetween('2026-03-16', '2026-04-08').includes(mail))).toEqual([]);
  // Where the configuration is wrong, neither a build nor a digest comes of it.
  expect(told.map((line) => line.slice(11)).sort()).toEqual(
    ['build', 'calls', 'digests', 'digests', 'refused'].flatMap((each) => [`${each} ok`, `${each} trouble`]).sort(),
  );
  expect(late.due.length).toBeGreaterThan(48);
  expect(late.said).toEqual(late.due);
});
