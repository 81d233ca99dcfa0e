import { edit, type Mutant, mutant } from './mutant.ts';

const file = (name: string) => `generator/erase/${name}`;
const WHOLE = file('erase');

/** What is left of an erased call, and what goes with it that should not. */
export const ERASING: Mutant[] = [
  mutant(
    'older builds keep the call',
    edit('generator/build/switch.ts', 'if (erasing?.dropOlder || ', 'if ('),
    WHOLE,
    'publishes where nothing has changed, and drops older builds: true',
  ),
  mutant(
    'what no build needs stays',
    edit(file('erase.ts'), '      await sweep(reports, org, before);\n', ''),
    WHOLE,
    'removes what no build needs and no run has named',
  ),
  mutant(
    'what no run has named stays after a killed run',
    edit(
      file('sweep.ts'),
      '  await removeAll(reports, org, filtered(there.keys(), isDoomed));\n',
      '  void isDoomed;\n',
    ),
    file('crash'),
    'erase leaves nothing after a killed erase',
  ),
  mutant(
    'what a killed writer has left of a call stays where nothing else is left of it',
    edit(
      file('erase.ts'),
      'if (isOver) await reports.remove(',
      'if (isOver && before.length < 0) await reports.remove(',
    ),
    file('crash'),
    'what a killed writer has left beside the objects of a folder goes, where nothing else is left of the call',
  ),
  mutant(
    'what kept builds need counts as left over',
    edit(file('current.ts'), '  for (const kept of pointer.kept) await add(kept, false);\n', ''),
    WHOLE,
    'writes nothing for a call that nobody knows, and keeps older builds',
  ),
  mutant(
    'erasing accepts any loss',
    edit(file('erase.ts'), '{ ...context, force, erasing }', '{ ...context, force, erasing, acceptLoss: true }'),
    WHOLE,
    'does not take the rest of a site with it that has lost its input',
  ),
  mutant(
    'a call is erased that the input still has',
    edit(file('erase.ts'), "if (isUpstream(upstream)) return { state: 'upstream', upstream };", ''),
    file('upstream'),
    'rows of sheets',
  ),
  mutant(
    'a sheet that cannot be read by rows counts as empty',
    edit(file('resolve.ts'), '|| (!sheet.isWhole && (await', '|| (sheet.isWhole && (await'),
    file('upstream'),
    'a row behind a quote that is not closed',
  ),
  mutant(
    'kept messages of every organization go',
    edit(file('mail.ts'), 'await each(`mail/frozen/', 'await each(`mail/frozen/` || `'),
    file('mail'),
    'removes a kept message that names the call in plain text, and no other one',
  ),
  mutant(
    'the record of a sent digest goes',
    edit(
      file('mail.ts'),
      'await reports.put(key, stableJson(record), { ifMatch: object.etag });',
      'await reports.remove(key);',
    ),
    file('mail'),
    'takes the reason out of a record of the ledger, and leaves what became of the digest',
  ),
  mutant(
    'the encoded parts of a mail are not read',
    edit(file('readings.ts'), 'if (MAIL.test(read)) for', "if (read === '') for"),
    file('mail'),
    'removes a kept message that names the call in base64, and no other one',
  ),
  mutant(
    'an id is found inside of others',
    edit(
      file('needles.ts'),
      'const isWhole = !isOfWord(text, at - 1) && !isOfWord(text, at + word.length);',
      'const isWhole = at >= 0;',
    ),
    file('needles'),
    'in "rec-71 xrec-7 rec-7-1 rec-7_a" beside []: false',
  ),
  mutant(
    'what cannot be read counts as searched',
    edit(file('search.ts'), '      result.unreadable.push(key);\n', ''),
    WHOLE,
    'names what nobody can read, and does not call it clean',
  ),
  mutant(
    'the hash of a masked call is not looked for',
    edit(file('needles.ts'), 'for (const hash of hashes) needles.push(', 'for (const hash of []) needles.push('),
    file('masked'),
    'nothing for clean that names it by the hash alone',
  ),
];
