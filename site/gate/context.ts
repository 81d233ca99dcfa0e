import type { Writable } from 'node:stream';
import { type Printable, say } from '../../generator/lib/printable.ts';
import type { View } from './audit.ts';
import type { Handshake } from './auth/handshake.ts';
import type { Admission } from './auth/tenant.ts';
import type { Recordings } from './content/recordings.ts';
import type { Sites } from './content/sites.ts';
import type { GateSettings } from './settings.ts';

/** What the front hands on with each request, and what comes back to it beside the response. */
export interface GateRequest {
  settings: GateSettings;
  sites: Sites;
  /** Absent: the gate has been given no store of recordings. */
  recordings?: Recordings;
  /** Path and query exactly as they came over the wire: Astro decodes its own copy several times. */
  target: string; // e.g., "/agents/ann@agents.example/?from=2026-03-01"
  line: AccessLine;
  /** Where the response is written to, so that a body can wait for its reader. */
  out: Writable;
  /** Say something to whoever runs the gate, once in the life of the process. */
  noteOnce(sentence: Printable): void;
  /** The end of a handshake, where the browser has brought one. */
  handshake?: Handshake;
  /** In development mode: the end of the handshake stood in the address, which the browser is to leave. */
  cameByQuery?: true;
  /** It has come from so many that another one would end no better. */
  inCircle?: true;
  /** Cookies that the browser gets beside those of the response. */
  setCookies?: string[];
  /** Keep that somebody was shown a call, or where its recording is. Absent: no trail is kept. */
  audit?(view: View): void;
  /** Set by the inside, carried out by the outermost layer: Clerk drops its cookies from a redirect, and takes 304 for one. */
  redirect?: string;
  notModified?: true;
  /** The signature was not made with the key that was tried. */
  tryNextKey?: boolean;
  lastKey?: boolean;
}

/** One line of the access log; it holds no query, since that names what somebody looked for. */
export interface AccessLine {
  /** ISO 8601. */
  at: string;
  method: string;
  path: string;
  status: number;
  /** Sent over the connection, headers included. */
  bytes: number;
  /** Milliseconds until the response was handed over. */
  ms: number;
  organization?: string;
  user?: string;
  /** Who used the user's session, where that was somebody else. */
  actor?: string;
  /** What went wrong on the way, where anybody can bring it about: nobody is to fill the rest of the log with it. */
  problem?: Printable;
}

const UNFILLED = say`gate: sessions have no custom claim org_id, or one that Clerk did not fill in. It is optional: the organization is taken from Clerk’s own claim. To use it, set it to {{org.id}} in Clerk’s session token.`;

/** Put into the log whose session it is, whichever way the request takes. */
export function noteWho(admission: Admission, { line, noteOnce }: Pick<GateRequest, 'line' | 'noteOnce'>): void {
  const user = admission.kind === 'in' ? admission.tenant.user : 'user' in admission ? admission.user : undefined;
  if (user) line.user = user.id;
  if (user?.actor !== undefined) line.actor = user.actor;
  if (admission.kind !== 'in') return;
  line.organization = admission.tenant.organization;
  if (admission.unfilled) noteOnce(UNFILLED);
}
