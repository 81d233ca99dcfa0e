import { NOTICE_CSP } from './headers.ts';
import { type NoticeText, noticePage } from './notice-page.ts';
import { isDocument, json } from './request.ts';
import sheet from './styles/gate.css?url';

export interface Notice extends Omit<NoticeText, 'button'> {
  status: number;
  /** What a script is told. */
  error: string;
  headers?: { [name: string]: string };
}

/** A short page of the gate for a person, JSON for a script; never stored. */
export function answerWith(notice: Notice, headers: Headers): Response {
  if (!isDocument(headers)) return json(notice.status === 200 ? 404 : notice.status, { error: notice.error });
  return new Response(noticePage(notice, sheet), {
    status: notice.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': NOTICE_CSP,
      'cache-control': 'no-store',
      ...notice.headers,
    },
  });
}
