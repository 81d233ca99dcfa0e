import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answering, Asked } from '../answers/asked.ts';
import { failure } from '../answers/failure.ts';
import { sessionAnswer, sessionSheet } from '../answers/session.ts';
import { siteAnswer } from '../answers/site.ts';
import { knownSessions } from '../auth/known-sessions.ts';
import { plainSessions } from '../auth/plain-session.ts';
import { signedOutAnswer } from '../auth/signed-out.ts';
import { admit, type Session } from '../auth/tenant.ts';
import { type GateRequest, noteWho } from '../context.ts';
import { SESSION_HEADERS } from '../http/headers.ts';
import type { Reply } from '../http/reply.ts';
import { isPlainTarget, pathOf } from '../http/target.ts';
import type { Meter } from '../meter.ts';
import type { Addresses } from '../notices/notice.ts';
import type { GateSettings } from '../settings.ts';
import { give, turnAway } from './respond.ts';
import { webHeaders } from './visitor.ts';

type Answer = (gate: Answering, session: Session | undefined, asked: Asked) => Promise<Reply>;

/** Pages of the gate's own that need a session and nothing of Clerk's components; all others of its own are Astro's. */
const OWN = new Map<string, Answer>([
  ['/session', async (gate, session) => framed(await sessionAnswer(gate, session))],
  ['/session.css', sessionSheet],
]);
/** Astro has a page for each of the two numbers. */
const OF_ASTRO = /^\/(?:session|session\.css|select-organization|sign-out|sign-in(?:\/.*)?|404|500)\/?$/;

/**
 * Answers requests of plain sessions without Astro, by the decision and with the answers that they would get there. Whatever is
 * unusual about a request, or about its session, is left to the long way; nothing that is decided here lets anybody in whom
 * `admit` would not.
 * @returns whether the request was answered
 */
export function shortWay(settings: GateSettings, addresses: Addresses, meter?: Meter) {
  const plainSession = plainSessions(settings);
  const verdictOf = knownSessions(settings, { meter });
  return async function answered(req: IncomingMessage, res: ServerResponse, gate: GateRequest): Promise<boolean> {
    const { target } = gate;
    const path = pathOf(target);
    const own = OWN.get(path);
    if (!isPlainTarget(target) || (own === undefined && OF_ASTRO.test(path))) return false;
    const plain = plainSession(req.method, req.headers);
    if (plain === undefined) return false;
    const verdict = await verdictOf(plain);
    const headers = webHeaders(req.headers);
    if (verdict.kind === 'forged') {
      const signedOut = signedOutAnswer(settings, target, headers);
      if (typeof signedOut === 'string') return false;
      await turnAway(req, res, signedOut, path === '/session');
      return true;
    }
    if (verdict.kind === 'unusual') return false;
    const { session } = verdict;
    const admission = admit(session);
    if (admission.kind !== 'in') return false;
    noteWho(admission, gate);
    const asked = { method: String(req.method), headers, addresses };
    const answer = own ?? siteAnswer;
    await give(req, res, await answer(gate, session, asked).catch((error) => failure(error, gate, asked)));
    return true;
  };
}

/** Pages may frame it, to renew a session. */
const framed = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...SESSION_HEADERS } });
