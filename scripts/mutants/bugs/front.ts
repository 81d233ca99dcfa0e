import { edit, type Mutant, mutant } from './mutant.ts';

/** Who comes, how often, and what is waited for. */
export const FRONT: Mutant[] = [
  mutant(
    'a nonce is used again and again',
    edit('front/visitor.ts', ' || usedNonces.has(nonce)', ''),
    'front/visitor',
    'is used once',
  ),
  mutant(
    'each forged session has nonces of its own',
    edit('front/visitor.ts', 'session ? sessionKey(session) : `', 'valuesOf(cookies, sessionNames)[0] ?? `'),
    'front/visitor',
    'is used a few times a minute by one address, with no session or a forged one',
  ),
  mutant(
    'a refresh token goes on beside any session',
    edit('front/visitor.ts', 'return sessions.length > 0 && (', 'return ('),
    'front/visitor',
    'goes on beside a session that Clerk has signed, and beside no other',
  ),
  mutant(
    'the count of handshakes goes on as it came',
    edit('front/visitor.ts', 'String(Math.min(Number(count), CIRCLE - 1))', 'count'),
    'front/silent',
    'nothing that a stranger sends makes the gate print anything but its line in the access log',
  ),
  mutant(
    'who breaks off an unsubscription is a failure',
    [
      edit('unsubscribe.ts', "req.on('error', () => done(undefined));", "req.on('error', failed);"),
      edit('unsubscribe.ts', 'return new Promise((done) => {', 'return new Promise((done, failed) => {'),
    ],
    'front/silent',
    'whoever goes away in the middle leaves one line as well',
  ),
  mutant(
    'a connection with too many requests is read on',
    edit('front/turns.ts', "socket.pause().on('resume', () => socket.pause());", 'socket.pause();'),
    'front/turns',
    'are not even read any more while too many wait',
  ),
  mutant(
    'what cannot be read is answered out of turn',
    edit('front/turns.ts', 'if (!connection.isBusy) return last();', 'return last();'),
    'front/turns',
    'are answered before it is said that one behind them cannot be read',
  ),
  mutant(
    'requests of a client that is gone are worked off',
    edit('front/turns.ts', 'if (socket.destroyed || socket.writableEnded) {', 'if (waiting.length > most) {'),
    'front/turns',
    'are no more work when the client is gone',
  ),
  mutant(
    'who has not asked for long may ask for ever',
    edit(
      'front/limiter.ts',
      'Math.min(burst, before.left + Math.max(0, at - before.at) * perMs)',
      '(before.left + Math.max(0, at - before.at) * perMs)',
    ),
    'front/limiter',
    'it never lets more than a burst through, however long nobody asked',
  ),
  mutant(
    'what is turned away counts as well',
    edit('front/limiter.ts', 'left: wait === 0 ? left - 1 : left', 'left: left - 1'),
    'front/limiter',
    'it lets a burst through, then as many as the rate allows, for each address alone',
  ),
  mutant(
    'cookies that Clerk takes away stay',
    edit('auth/handshake.ts', "if (value === '' || isPast(attributes, now))", "if (value === '')"),
    'auth/handshake',
    'are what the browser had, with what Clerk gave and without what it took',
  ),
  mutant(
    'cookies from Clerk are taken unread',
    edit('auth/handshake.ts', 'if (!areDirectives(directives)) throw', 'if (!directives) throw'),
    'auth/handshake',
    'ends it where Clerk refuses it, or answers what cannot be read',
  ),
  mutant(
    'the last cookie of a name counts',
    edit('auth/cookies.ts', 'if (names.has(name) && !cookies.has(name))', 'if (names.has(name))'),
    'front/visitor',
    'are Clerk’s alone, the first of each name',
  ),
  mutant(
    'claims are believed without a signature',
    edit(
      'auth/session-token.ts',
      'return token && signerOf(token, pems) !== undefined ? token.claims : undefined;',
      'return pems.length > 0 ? token?.claims : undefined;',
    ),
    'front/visitor',
    'hold no handshake, but what Clerk has signed in it is taken out',
  ),
  mutant(
    'a hidden frame is led to the sign-in',
    edit('auth/signed-out.ts', "if (!isDocument(headers) || page === '/session')", 'if (!isDocument(headers))'),
    'gate',
    'it is told who it is, and when the reports were built',
  ),
  mutant(
    'whatever begins like the sign-in is open',
    edit('auth/signed-out.ts', 'SIGN_IN = /^\\/sign-in(?:\\/[A-Za-z0-9_-]+)*$/', 'SIGN_IN = /^\\/sign-in/'),
    'front/nobody',
    'pages for those who sign in or out are open, and a browser that says it is signed in gets its handshake',
  ),
  mutant(
    'a store that hangs is asked on and on',
    edit('content/time-limit.ts', 'if (givenUp >= MOST_GIVEN_UP)', 'if (givenUp < 0)'),
    'content/time-limit',
    'asks nothing new while too many answers are missing, and again when they have come',
  ),
  mutant(
    'a store that hung once is never asked again',
    edit('content/time-limit.ts', 'setTimeout(release, FORGOTTEN_MS)', 'setTimeout(() => {}, FORGOTTEN_MS)'),
    'content/time-limit',
    'tries again after a while where nothing ever came',
  ),
];
