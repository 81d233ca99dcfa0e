import { away, edit, type Mutant, mutant } from './mutant.ts';

/** What goes out. */
export const ANSWERS: Mutant[] = [
  mutant(
    '304 before the session is checked',
    [
      edit('outer-layer.ts', 'outerLayer({ locals }: APIContext', 'outerLayer({ locals, request }: APIContext'),
      edit('outer-layer.ts', 'gate.notModified && inner.status === 200', "request.headers.has('if-none-match')"),
    ],
    'gate-long',
    'it gets headers alone for HEAD, and 304 for what it has',
  ),
  mutant(
    'pages may be cached by everybody',
    edit('answers/site.ts', "'private, no-cache'", "'public, max-age=300'"),
    'gate',
    'it gets its own organization’s bytes, unchanged',
  ),
  mutant(
    'answers do not vary by cookie',
    edit('http/headers.ts', "vary: 'Cookie, Accept-Encoding'", "vary: 'Accept-Encoding'"),
    'gate',
    'it gets its own organization’s bytes, unchanged',
  ),
  mutant(
    'Clerk writes its claims into pages',
    edit('answers/site.ts', "file.type === 'text/html' ? 'text/html; charset=utf-8' : file.type", 'file.type'),
    'site-response',
    'it never lets Clerk write into a tenant’s page',
  ),
  mutant(
    'Clerk’s verdict told to callers',
    edit('outer-layer.ts', '(?:x-clerk-|', '(?:'),
    'gate-long',
    away('wrong key'),
  ),
  mutant(
    'errors name the organization',
    edit(
      'answers/site.ts',
      '    return answerWith(unavailable(), headers, addresses);',
      '    return answerWith({ ...unavailable(), text: [String(error), org] }, headers, addresses);',
    ),
    'site-response',
    'it answers 503 where the store fails, and recovers',
  ),
  mutant(
    'security headers missing where HTTP cannot be read',
    edit('front/respond.ts', "headers.join('')}content-length", "''}content-length"),
    'gate',
    'every response carries the security headers',
  ),
  mutant(
    'queries in the log',
    [
      edit('http/logged-path.ts', 'const asked = pathOf(target).slice', 'const asked = target.slice'),
      edit('http/logged-path.ts', '(sitePath(asked) ?? asked)', 'asked'),
    ],
    'gate',
    'each request leaves one line, without its query',
  ),
  mutant(
    'rates by what the client claims',
    edit('front/client-address.ts', '.at(-proxies)', '.at(0)'),
    'front/client-address',
    'it believes what the proxies have added, and nothing before it',
  ),
];
