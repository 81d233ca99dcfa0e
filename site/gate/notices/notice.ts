import { isDocument, type RequestHeaders } from '../http/document.ts';
import { NOTICE_CSP, NOTICE_SCRIPT_CSP } from '../http/headers.ts';
import { json, type Reply } from '../http/reply.ts';
import { type NoticeText, noticePage } from './notice-page.ts';

export interface Notice extends Omit<NoticeText, 'button' | 'script'> {
  status: number;
  /** What a script is told. */
  error: string;
  /** What the site has stored in this browser is removed. */
  forgets?: true;
  headers?: { [name: string]: string };
}

/** Where the files of these pages are. */
export interface Addresses {
  sheet: string;
  /** The script that removes what the site has stored. */
  forget: string;
}

/** A short page of the gate for a person, JSON for a script; never stored. */
export function answerWith(notice: Notice, headers: RequestHeaders, { sheet, forget }: Addresses): Reply {
  if (!isDocument(headers)) return json(notice.status === 200 ? 404 : notice.status, { error: notice.error });
  return {
    status: notice.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': notice.forgets ? NOTICE_SCRIPT_CSP : NOTICE_CSP,
      'cache-control': 'no-store',
      ...notice.headers,
    },
    body: noticePage({ ...notice, ...(notice.forgets && { script: forget }) }, sheet),
  };
}
