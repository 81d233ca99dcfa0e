import { escapeHtml } from '../http/escape-html.ts';

/** What a short page of the gate says. */
export interface NoticeText {
  title: string;
  /** Paragraphs, in plain text. */
  text: string[];
  /** Ways on: address and words. */
  links?: { href: string; words: string }[];
  /** Words of a button that posts to the page's own address, with nothing in it. */
  button?: string;
  /** A second button beside it, which posts one field. */
  other?: { name: string; value: string; words: string };
  /** Address of a script of the gate's own. */
  script?: string;
}

/**
 * A short page of the gate, under `NOTICE_CSP`. The sheet is given: the bundle and the front know its address in two ways.
 * @param sheet address of `styles/gate.css` as built
 */
export function noticePage({ title, text, links = [], button, other, script }: NoticeText, sheet: string): string {
  const paragraphs = text.map((line) => `<p class="intro">${escapeHtml(line)}</p>`).join('\n');
  const ways = links.map(({ href, words }) => `<a href="${escapeHtml(href)}">${escapeHtml(words)}</a>`).join(' · ');
  const form =
    button &&
    `<form class="counter" method="post"><button class="filled" type="submit">${escapeHtml(button)}</button>${other ? secondButton(other) : ''}</form>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} · CCI Lite Reports</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="${escapeHtml(sheet)}">${script === undefined ? '' : `\n<script src="${escapeHtml(script)}"></script>`}
</head>
<body>
<main class="gate-page">
<p class="house"><span class="brand-mark" aria-hidden="true">R</span>CCI Lite Reports</p>
<h1>${escapeHtml(title)}</h1>
${[paragraphs, form, ways && `<p class="ways">${ways}</p>`].filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}

const secondButton = ({ name, value, words }: NonNullable<NoticeText['other']>): string =>
  `<button class="plain" type="submit" name="${escapeHtml(name)}" value="${escapeHtml(value)}">${escapeHtml(words)}</button>`;
