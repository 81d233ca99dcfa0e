import type { Call, Utterance } from '#shared/model.ts';
import type { PageView } from '#shared/view.ts';
import { decodeText, sha256 } from '../lib/bytes.ts';
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
}

/** Hash of everything that a page is made from. The order of keys is that of the code and of records, which are written in order. */
export const inputOf = (renderer: Renderer, view: PageView): string =>
  sha256(`${renderer.version}\n${JSON.stringify(view)}`);

/** From records to stored bytes in one pass, in the order of the jobs. @throws where a template fails. */
export async function makeCallPages(
  renderer: Renderer,
  { fd, frame, jobs }: Omit<CallBatch, 'version'>,
): Promise<MadePage[]> {
  const read = (slice: Slice): unknown => JSON.parse(decodeText(readSlice(fd, slice)));
  const pages = jobs.map(({ line, turns, published }) => {
    const view = callPage(frame, read(line) as Call, read(turns) as Utterance[]);
    const input = inputOf(renderer, view);
    return { input, view: input === published ? undefined : view };
  });
  const rendered = (await renderer.renderAll(pages.flatMap(({ view }) => view ?? []))).values();
  return Promise.all(
    pages.map(async ({ input, view }) =>
      view ? { input, packed: await pack(rendered.next().value as Uint8Array, HTML) } : { input },
    ),
  );
}
