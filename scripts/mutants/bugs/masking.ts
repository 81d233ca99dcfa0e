import { edit, type Mutant, mutant } from './mutant.ts';

const MASK = 'generator/normalize/mask.ts';
const NORMALIZE = 'generator/normalize/normalize';
const MASKING = 'generator/masking/masking';

/** Outside parties where a tenant masks them. */
export const MASKING_BUGS: Mutant[] = [
  mutant(
    'pseudonym without its organization',
    edit('generator/masking/pseudonym.ts', '  const hash = createHmac(', "  org = '';\n  const hash = createHmac("),
    NORMALIZE,
    'gives one party one pseudonym, and another under another key or organization',
  ),
  mutant(
    'turns not masked',
    edit(MASK, '        text: texts[i] as string,\n', ''),
    NORMALIZE,
    'masks a number that is said over turns, and one beside other words of a party',
  ),
  mutant(
    'evidence not masked',
    edit(MASK, 'evidence: maybe(rule.evidence)', 'evidence: rule.evidence'),
    MASKING,
    'is in no page and no file of its site, nor in their names',
  ),
  mutant(
    'metadata not masked',
    edit(MASK, 'value: values[i] as string', "value: call.metadata[i]?.value ?? ''"),
    MASKING,
    'is in no page and no file of its site, nor in their names',
  ),
  mutant(
    'paths of masked calls hashed without the key',
    edit('generator/masking/alias.ts', "createHmac('sha256', key)", "createHmac('sha256', 'key')"),
    MASKING,
    'are shown masked, with paths that only the key can tell, and keep their calls apart',
  ),
  mutant(
    'ids shown as they are',
    edit('generator/masking/alias.ts', '  return { id: shown, segment', '  return { id, segment'),
    MASKING,
    'is in no page and no file of its site, nor in their names',
  ),
  mutant(
    'errors not masked',
    edit('generator/build.ts', 'throw maskError(error, mask);', 'throw error;'),
    MASKING,
    'are named by no error, log line or status of a run that fails on them',
  ),
];
