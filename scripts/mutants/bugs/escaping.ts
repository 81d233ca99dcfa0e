import { edit, type Mutant, mutant } from './mutant.ts';

const PRINTABLE = 'generator/lib/printable';
const CSV = 'generator/shared/format/csv';

/** Text that would become something else where it stands. */
export const ESCAPING: Mutant[] = [
  mutant(
    'commands of CI runners printed',
    edit(`${PRINTABLE}.ts`, "(each) => (each.startsWith('[') ? each : code(':') + each.slice(1))", '(each) => each'),
    PRINTABLE,
    'shows hostile text as text: a value of a sentence',
  ),
  mutant(
    'control characters printed',
    edit(`${PRINTABLE}.ts`, '    .replaceAll(UNSEEN, code)\n', ''),
    PRINTABLE,
    'shows hostile text as text: a value of a sentence',
  ),
  mutant(
    'JSON printed as it is',
    edit(`${PRINTABLE}.ts`, "    .replaceAll(UNSEEN, (each) => each.split('').map(jsonCode).join(''))\n", ''),
    PRINTABLE,
    'shows hostile text as text: a line of JSON',
  ),
  mutant(
    'encoded words in headers of mail',
    edit('generator/digest/mail/message.ts', ".replaceAll('=?', '= ?')", ''),
    'generator/digest/mail/headers',
    'goes to one person with the usual headers and the text as written, whatever subject and names hold',
  ),
  mutant(
    'markup in the outbox',
    edit('generator/digest/mail/outbox.ts', 'escaped(subject)}</a>', 'subject}</a>'),
    'generator/digest/mail/transport',
    'has a page to browse it, in which everything is text',
  ),
  mutant(
    'formulas in cells',
    edit(`${CSV}.ts`, 'return isBad ? ', 'return text === undefined ? '),
    CSV,
    'holds no cell that a spreadsheet would run, whatever it parts cells at',
  ),
  mutant(
    'formulas behind separators in cells',
    edit(`${CSV}.ts`, 'return HAS_SEPARATOR.test(run) ?', 'return run === undefined ?'),
    CSV,
    'holds no cell that a spreadsheet would run, whatever it parts cells at',
  ),
  mutant(
    'quotes in cells',
    edit(`${CSV}.ts`, `safe.replaceAll('"', '""')`, 'safe'),
    CSV,
    'gives every text back but for the apostrophes that make it safe',
  ),
];
