import type { Edit } from '../../mutants/copy.ts';

/**
 * What remembering verified sessions would give, tried on a copy of the sources only: the same cookies from this site are
 * believed until the token ends, at most a minute, without asking Clerk's SDK again.
 */
export const MEMO: Edit[] = [
  {
    file: 'site/gate/middleware.ts',
    find: '  const middlewares = clerkMiddlewares(gate.settings, handler);\n',
    replace: `  const cookie = context.request.headers.get('cookie') ?? '';
  const memo = remembered.get(cookie);
  if (memo !== undefined && memo.until > Date.now()) {
    context.locals.auth = (() => memo.session) as never;
    return handler(() => memo.session, context, next);
  }
  const middlewares = clerkMiddlewares(gate.settings, async (auth, inner, go) => {
    const session = auth() as Session;
    const exp = Number((session.sessionClaims as { exp?: number } | null)?.exp) * 1000;
    if (admit(session).kind === 'in' && remembered.size < 10_000)
      remembered.set(cookie, { session, until: Math.min(exp, Date.now() + 60_000) });
    return handler(auth, inner, go);
  });
`,
  },
  {
    file: 'site/gate/middleware.ts',
    find: 'const handler: ClerkHandler',
    replace:
      'const remembered = new Map<string, { session: Session; until: number }>();\n\nconst handler: ClerkHandler',
  },
];
