import { edit, type Mutant, mutant } from './mutant.ts';

/** What goes on to be answered. */
export const REQUESTS: Mutant[] = [
  mutant(
    'tricks in paths go on',
    edit('http/target.ts', 'if (TRICKS.test(path) || ', 'if ('),
    'http/target',
    'a target is one path of plain characters',
  ),
  mutant(
    'paths decoded twice',
    edit('http/target.ts', 'segments.map(decoded);', 'segments.map(decoded).map((name) => name && decoded(name));'),
    'http/target',
    'a site path is decoded once, and has nothing but plain names',
  ),
  mutant(
    'paths looked up in an object',
    edit('content/file-index.ts', 'const text = packed.get(path);', 'const text = Object.fromEntries(packed)[path];'),
    'content/file-index',
    'it knows exact paths only, and none that every object has',
  ),
  mutant(
    'POST goes on',
    edit('http/target.ts', "!['GET', 'HEAD'].includes", "!['GET', 'HEAD', 'POST'].includes"),
    'gate',
    'no POST is taken',
  ),
  mutant(
    'sign-in leads to other sites',
    edit('http/target.ts', '(?![/\\\\])', ''),
    'http/target',
    'one comes back to this site only',
  ),
  mutant(
    'one right link among foreign ones is enough',
    edit('auth/link.ts', '.some(', '.every('),
    'gate',
    'a link made for another organization is not followed',
  ),
];
