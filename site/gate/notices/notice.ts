import { json } from '../context.ts';
import { isDocument } from '../http/document.ts';
import { NOTICE_CSP, NOTICE_SCRIPT_CSP } from '../http/headers.ts';
// Whole as it is: the page that has it is no page of Astro's.
import forget from '../scripts/forget.js?url';
import sheet from '../styles/gate.css?url';
import { type NoticeText, noticePage } from './notice-page.ts';

export interface Notice extends Omit<NoticeText, 'button' | 'script'> {
  status: number;
  /** What a script is told. */
  error: string;
  /** What the site has stored in this browser is removed. */
  forgets?: true;
  headers?: { [name: string]: string };
}

/** A short page of the gate for a person, JSON for a script; never stored. */
export function answerWith(notice: Notice, headers: Headers): Response {
  if (!isDocument(headers)) return json(notice.status === 200 ? 404 : notice.status, { error: notice.error });
  return new Response(noticePage({ ...notice, ...(notice.forgets && { script: forget }) }, sheet), {
    status: notice.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': notice.forgets ? NOTICE_SCRIPT_CSP : NOTICE_CSP,
      'cache-control': 'no-store',
      ...notice.headers,
    },
  });
}
