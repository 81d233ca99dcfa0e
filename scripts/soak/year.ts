import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, weekdayOf } from '../../generator/shared/calendar/days.ts';
import { dueBetween, type Incident, refusedMail, runYear } from '../../generator/testing/year.ts';
import { compileTemplates } from '../../templates/compile.ts';
import { mulberry32 } from '../demo/data/random.ts';
import { type Check, must } from './lib/check.ts';
import { sizeOf } from './lib/sizes.ts';

const [FROM, DAYS] = ['2026-01-05', 400];
/** A kind a month, each of its weekdays so that what it must bring about is known. */
const KINDS: [kind: Incident['kind'], weekday: number, days: number][] = [
  ['config', 3, 1],
  ['no runs', 5, 3],
  ['mail', 2, 1],
  ['refusals', 4, 1],
  ['silence', 2, 4],
];

export const check: Check = {
  does: 'four hundred days by a fake clock, a run every CCI_EVERY hours (1), late, doubled and missing, over both changes of the clocks and the end of the year: each digest leaves once, each change of state is told once, and each missing run is seen in time',
  async run({ say }) {
    const seed = Number(process.env.CCI_SEED ?? Date.now() % 2 ** 31);
    const templates = mkdtempSync(join(tmpdir(), 'year-'));
    const to = addDays(FROM, DAYS - 1);
    const every = sizeOf('CCI_EVERY', 1);
    // One in ten does not come, and each incident has to be met by one.
    must(every <= 6, 'CCI_EVERY is at most 6: with fewer runs a day, an incident of one day may be met by none');
    const incidents = incidentsFrom(addDays(FROM, 21), addDays(to, -21));
    try {
      await compileTemplates(templates);
      const { mails, told, late, runs } = await runYear({
        ...{ from: FROM, to, every },
        ...{ incidents, random: mulberry32(seed), templates },
        began: (month, runs) => say(`${month} begins, after ${runs} runs`),
      });
      say(
        `seed ${seed} (CCI_SEED): ${runs} runs, ${mails.length} mails, ${told.length} changes told, ${late.said.length} hours late`,
      );
      must(new Set(mails).size === mails.length, 'a digest has left twice');
      const refused = incidents.filter(({ kind }) => kind === 'mail').map(refusedMail);
      const due = dueBetween(FROM, addDays(to, -3)).filter((mail) => !refused.includes(mail));
      const missing = due.filter((mail) => !mails.includes(mail));
      must(missing.length === 0, `${missing.length} of ${due.length} digests have not left`);
      const all = new Set(dueBetween(FROM, to));
      must(
        mails.every((mail) => all.has(mail)),
        'a digest has left that was never due',
      );
      for (const [subject, kinds] of SUBJECTS) {
        const wanted = incidents.filter(({ kind }) => kinds.includes(kind)).length;
        const of = told.filter((line) => line.split(' ')[1] === subject).map((line) => line.split(' ')[2]);
        const turns = Array.from({ length: wanted }, () => ['trouble', 'ok']).flat();
        must(of.join() === turns.join(), `${subject}: ${wanted} incidents, and what was told is ${of}`);
      }
      must(late.said.join() === late.due.join(), 'the monitor was wrong about a missing run');
    } finally {
      rmSync(templates, { recursive: true, force: true });
    }
  },
};

/** Where the configuration is wrong, neither a build nor a digest comes of it. */
const SUBJECTS: [subject: string, kinds: Incident['kind'][]][] = [
  ['build', ['config']],
  ['digests', ['mail', 'config']],
  ['refused', ['refusals']],
  ['calls', ['silence']],
];

/** One after the other, three weeks apart; none about the last day of a month, whose digest it would concern too. */
function incidentsFrom(first: string, last: string): Incident[] {
  const incidents: Incident[] = [];
  for (let day = first, i = 0; day < last; day = addDays(day, 21), i++) {
    const [kind, weekday, length] = KINDS[i % KINDS.length] as (typeof KINDS)[number];
    let from = day;
    while (weekdayOf(from) !== weekday || addDays(from, 1).endsWith('-01')) from = addDays(from, 1);
    incidents.push({ kind, from, to: addDays(from, length) });
  }
  return incidents;
}
