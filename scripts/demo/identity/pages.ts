import { escapeHtml } from '../../../site/gate/http/escape-html.ts';
import type { Organization, Person } from './people.ts';

export interface FormFields {
  csrf: string;
  /** Path at the gate to go to afterwards. */
  back: string;
}

/** Everybody there is, each with the organizations to sign in to. */
export function signInPage(
  persons: readonly Person[],
  organizations: readonly Organization[],
  fields: FormFields,
): string {
  const each = persons.map(({ userId, name, email, orgs }) => {
    const belongs = organizations.filter(({ org }) => orgs.includes(org));
    const rows = belongs.map((organization) => row(organization, 'Sign in'));
    const none = { org: '', name: 'No organization' };
    return `<section class="person">
<h2>${escapeHtml(name)}</h2>
<p class="note">${escapeHtml(email)}</p>
<form method="post" action="/sign-in">${hidden(fields)}<input type="hidden" name="user" value="${escapeHtml(userId)}">
${(rows.length > 0 ? rows : [row(none, 'Not a member of any yet')]).join('\n')}
</form>
</section>`;
  });
  const asked = fields.back === '/' ? '' : `<p>After you sign in, <b>${escapeHtml(fields.back)}</b> will open.</p>`;
  return page(
    'Sign in',
    `<p class="intro">Choose who to sign in as. All people and calls here are fictional.</p>
${each.join('\n')}
<div class="ways">${asked}<p>In production this page is Clerk’s, with your own accounts.</p></div>`,
  );
}

/** The organizations of the one who is signed in. */
export function selectPage(
  person: Person,
  organizations: readonly Organization[],
  current: string,
  fields: FormFields,
): string {
  const rows = organizations.map((each) => row(each, each.org === current ? 'You are here' : 'Switch'));
  const belongs =
    rows.length === 0
      ? `<p class="intro">${escapeHtml(person.name)} is not a member of any organization yet. Ask your administrator for an invitation.</p>`
      : `<p class="intro">Each organization’s reports are kept separate.</p>
<form class="counter bare" method="post" action="/select-organization">${hidden(fields)}${rows.join('\n')}</form>`;
  return page(
    'Select an organization',
    `${belongs}<p class="ways">Signed in as ${escapeHtml(person.email)}. <a href="/sign-out">Sign out</a></p>`,
  );
}

export function signOutPage(person: Person | undefined, fields: FormFields): string {
  return page(
    'Sign out',
    `<p class="intro">${person ? `You are signed in as ${escapeHtml(person.email)}.` : 'You are not signed in.'}</p>
<form class="counter" method="post" action="/sign-out">${hidden(fields)}<button class="filled">Sign out</button></form>`,
  );
}

export function sorryPage(title: string, text: string): string {
  return page(title, `<p class="intro">${escapeHtml(text)}</p><p class="ways"><a href="/sign-in">Sign in</a></p>`);
}

const row = ({ org, name }: Organization, words: string): string =>
  `<button class="organization" name="org" value="${escapeHtml(org)}"><span class="initial" aria-hidden="true">${escapeHtml(
    [...name][0] ?? '',
  )}</span><span class="words"><b>${escapeHtml(name)}</b><span class="note">${escapeHtml(words)}</span></span><span aria-hidden="true">›</span></button>`;

const hidden = ({ csrf, back }: FormFields): string =>
  `<input type="hidden" name="csrf" value="${escapeHtml(csrf)}"><input type="hidden" name="redirect_url" value="${escapeHtml(back)}">`;

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(title)} · demo</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<aside class="banner"><b>Demo.</b> This sign-in is simulated: no password, no real person, on this machine only.</aside>
<main class="gate-page">
<p class="house"><span class="brand-mark" aria-hidden="true">R</span>CCI Lite Reports</p>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}
