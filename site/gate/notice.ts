import { escaped } from './escaped.ts';
import { NOTICE_CSP } from './headers.ts';
import { isDocument, json } from './request.ts';
import sheet from './styles/gate.css?url';

export interface Notice {
  status: number;
  /** What a script is told. */
  error: string;
  title: string;
  /** Paragraphs, in plain text. */
  text: string[];
  /** Ways on: address and words. */
  links?: { href: string; words: string }[];
  headers?: { [name: string]: string };
}

/** A short page of the gate for a person, JSON for a script; never stored. */
export function answerWith(notice: Notice, headers: Headers): Response {
  if (!isDocument(headers)) return json(notice.status === 200 ? 404 : notice.status, { error: notice.error });
  return new Response(page(notice), {
    status: notice.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': NOTICE_CSP,
      'cache-control': 'no-store',
      ...notice.headers,
    },
  });
}

function page({ title, text, links = [] }: Notice): string {
  const paragraphs = text.map((line) => `<p class="intro">${escaped(line)}</p>`).join('\n');
  const ways = links.map(({ href, words }) => `<a href="${escaped(href)}">${escaped(words)}</a>`).join(' · ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)} · CCI Lite Reports</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${escaped(sheet)}">
</head>
<body>
<main class="door">
<p class="house"><span class="brand-mark" aria-hidden="true">R</span>CCI Lite Reports</p>
<h1>${escaped(title)}</h1>
${paragraphs}
${ways && `<p class="ways">${ways}</p>`}
</main>
</body>
</html>
`;
}
