/** What the operator was last told of an organization, as far as it is not in order, and the figures that a jump is judged by. */
export interface OrganizationNotices {
  /** Its last run failed. */
  build?: { at: string };
  /** No call comes any more. */
  calls?: { at: string };
  /** Digests that somebody has to see to: "2026-03-29 failed" → how many; ids and addresses are not kept. */
  digests?: { at: string; troubles: { [issue: string]: number } };
  /** Refused objects and calls at a time; `from` before they jumped, while that is told of. */
  refused?: { at: string; refused: number; calls: number; from?: number };
  /** The same of dead calls, which the pipeline has put aside, beside those of the site. */
  dead?: { at: string; refused: number; calls: number; from?: number };
}

/** A notice that a run has claimed, and of which it has not recorded the answer yet. */
export interface ClaimedNotice {
  at: string;
  /** Of what it tells of, what had been told before, null for nothing: it is put back where the notice has certainly not arrived. */
  before: { [org: string]: { [Subject in keyof OrganizationNotices]: OrganizationNotices[Subject] | null } };
}

/** In `status.json`: which changes of state the operator has been told of, so that each is told once. */
export interface Notices {
  organizations: { [org: string]: OrganizationNotices };
  claimed?: { [id: string]: ClaimedNotice };
  /** When one was accepted last; ISO 8601. */
  acceptedAt?: string;
  /** Why the last one did not arrive, or may not have; gone as soon as one is accepted. */
  problem?: { at: string; reason: string };
}
