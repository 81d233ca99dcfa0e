import type { Call, Utterance } from '#shared/model.ts';
import type { CallPage, PageView } from '#shared/view.ts';
import { decodeText, sha256, shortHash } from '../lib/bytes.ts';
import { readSlice, type Slice } from '../lib/spool.ts';
import { type Packed, pack } from '../publish/blobs.ts';
import { callPage } from '../report/calls.ts';
import type { CallFrame } from '../report/report.ts';
import type { Renderer } from './renderer.ts';

export const HTML = 'text/html; charset=utf-8';

/** A call whose page is wanted: where its record and its turns lie in the spool. */
export interface CallJob {
  line: Slice;
  turns: Slice;
  /** Input hash of the page as published; absent: there is none. */
  published?: string;
}

/** Some calls of one organization, and what their pages need beside them. Plain data: it crosses threads. */
export interface CallBatch {
  /** Of the renderer. */
  version: string;
  /** Of the spool. */
  fd: number;
  frame: CallFrame;
  jobs: CallJob[];
}

export interface MadePage {
  input: string;
  /** Absent: the page as published has the same input. */
  packed?: Packed;
  /** See `SiteFile`. */
  recording?: string;
}

/** Short hash of everything that a page is made from. The order of keys is that of the code and of records, which are written in order. */
export const inputOf = (renderer: Renderer, view: PageView): string =>
  shortHash(`${renderer.version}\n${JSON.stringify(view)}`);

/** The same of a call's page, with its turns as they lie in the spool: they are most of it, and need not be written once more for it. */
const inputOfCall = (renderer: Renderer, { transcript, ...view }: CallPage, turns: Uint8Array): string =>
  shortHash(`${renderer.version}\n${sha256(turns)}\n${transcript.state}\n${JSON.stringify(view)}`);

type Pack = (bytes: Uint8Array, type: string) => Packed | Promise<Packed>;

/**
 * From records to stored bytes in one pass, in the order of the jobs.
 * @param packed of a page. A thread of the pool does it by itself, at once: those beside it do the same.
 * @throws where a template fails.
 */
export async function makeCallPages(
  renderer: Renderer,
  { fd, frame, jobs }: Omit<CallBatch, 'version'>,
  packed: Pack = pack,
): Promise<MadePage[]> {
  const parsed = (bytes: Uint8Array): unknown => JSON.parse(decodeText(bytes));
  const viewed = ({ line, turns, published }: CallJob) => {
    const said = readSlice(fd, turns);
    const call = parsed(readSlice(fd, line)) as Call;
    const view = callPage(frame, call, parsed(said) as Utterance[]);
    const input = inputOfCall(renderer, view, said);
    return { input, view: input === published ? undefined : view, ...(call.recording && { recording: call.id }) };
  };
  const pages = jobs.map(viewed);
  const rendered = (await renderer.renderAll(pages.flatMap(({ view }) => view ?? []))).values();
  return Promise.all(
    pages.map(async ({ view, ...made }) =>
      view ? { ...made, packed: await packed(rendered.next().value as Uint8Array, HTML) } : made,
    ),
  );
}
