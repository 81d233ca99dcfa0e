import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partyOf } from '#shared/calls/party.ts';
import { callsHref } from '#shared/filter/filter.ts';
import {
  count,
  counted,
  dayAndYear,
  decimal,
  duration,
  fixed,
  languageName,
  moment,
  score,
  time,
} from '#shared/format/format.ts';
import { labelOf, linesOf } from '#shared/format/insight.ts';
import { directionInWords } from '#shared/format/labels.ts';
import { madeInWords, scoreInWords } from '#shared/format/made-by.ts';
import { endName } from '#shared/format/party-name.ts';
import { unquote } from '#shared/format/unquote.ts';
import type { CallPage } from '#shared/view.ts';
import { ROOT } from '../../../generator/render/version.ts';
import { type Lanes, lanesOf } from '../../../site/report/call/transcript/lanes.ts';
import { talkOf, talkRatio } from '../../../site/report/call/transcript/talk.ts';
import {
  placeInWords,
  type QuotedRule,
  shapeOf,
  type Turn,
  transcriptOf,
  VERDICTS,
  type Verdict,
  verdictOf,
} from '../../../site/report/call/transcript/transcript.ts';
import { voicesInWords } from '../../../site/report/call/transcript/voices.ts';
import { escaped, sectionHead, shape } from './literal-parts.ts';
import { verdict } from './literal-verdict.ts';

// The limit: the same call page, by hand, as one function of template literals. The words of figures and the places of quotes
// come from the site's own functions; only the writing is done here. Each value must be escaped by whoever writes it, which is
// why the product is not written like this.

const asset = (pattern: RegExp): string => {
  const name = readdirSync(join(ROOT, '.build/report/client/assets')).find((candidate) => pattern.test(candidate));
  if (name === undefined) throw new Error(`missing asset: ${pattern}`);
  return `/assets/${name}`;
};

/** What no page differs in, for Hugo too. @throws where the bundle has not been built. */
export function frame(): { head: string; shapes: string } {
  const shapes = readFileSync(join(ROOT, 'site/report/components/ui/Icons.astro'), 'utf8').split('---\n').at(-1) ?? '';
  return {
    head: `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex, nofollow"><meta name="referrer" content="same-origin"><link rel="icon" href="${asset(/^icon\./)}" type="image/svg+xml"><link rel="preload" href="${asset(/^source-sans-3-latin-wght-normal\./)}" as="font" type="font/woff2" crossorigin><link rel="stylesheet" href="/brand.css"><link rel="stylesheet" href="${asset(/\.css$/)}"></head> <body> <a class="skip" href="#main">Skip to the content</a>`,
    shapes: shapes
      .replace(/\s+(?=\/?>)/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  };
}

function topBar({ site, path }: CallPage): string {
  const initial = [...site.name.trim()][0]?.toLocaleUpperCase(site.locale) ?? '';
  const brand = site.logo
    ? `<img class="brand-logo" src="${escaped(site.logo)}" alt="" height="24">`
    : `<span class="brand-mark" aria-hidden="true"> ${escaped(initial)} </span>`;
  const current = path === '/calls/' ? 'page' : 'true';
  return `<header class="top"> <div class="top-in"> <a class="brand" href="/"> ${brand} <span class="brand-name">${escaped(site.name)}</span> </a> <nav class="tabs" aria-label="Pages"> <a href="/"> Overview </a><a href="/agents/"> Agents </a>${site.hasQa ? '<a href="/qa/"> QA </a>' : ''}${site.hasTopics ? '<a href="/topics/"> Topics </a>' : ''}<a href="/calls/" aria-current="${current}"> Calls </a><a href="/about/"> About </a> </nav> <button id="search" class="search-button" type="button" aria-haspopup="dialog" aria-keyshortcuts="/" hidden> <span>Search</span> <kbd aria-hidden="true">/</kbd> </button> <div id="session" data-zone="${escaped(site.timeZone)}" hidden></div> <noscript> <span class="gate-links"> <a href="/select-organization">Switch organization</a> <a href="/sign-out">Sign out</a> </span> </noscript> </div> </header>`;
}

function pageHead(view: CallPage): string {
  const { site, agent, started, ended } = view;
  const { locale } = site;
  const day = view.day && dayAndYear(view.day, locale);
  const when = day ? `${day}${started ? ',' : ''}` : 'Unknown start time';
  const clock = started ? `${time(started, site, true)}${ended ? ` – ${time(ended, site, true)}` : ''}` : '';
  const [from, to] = [view.from, view.to].map((end) => end && endName(end));
  const parties = to ? `${from ?? 'unknown'} to ${to}` : from;
  const direction = directionInWords(view.direction, view.directionDerived);
  const length = view.durationSeconds === undefined ? '' : `${duration(view.durationSeconds)} · `;
  const who = agent.href ? `<a href="${escaped(agent.href)}">${escaped(agent.name)}</a>` : escaped(agent.name);
  return `<div class="page-head"> <nav class="crumbs" aria-label="Where this page is"> <ol> <li><a href="/calls/">Calls</a></li>${day ? `<li>${day}</li>` : ''}<li>${escaped(view.id)}</li> </ol> </nav> <h1>${escaped(view.title)}</h1> <p class="call-line"> ${when} <b>${clock}</b> · ${length}${direction}${parties === undefined ? '' : ` · ${escaped(parties)}`} · ${who} </p> ${steps(view)} </div>`;
}

function steps(view: CallPage): string {
  const { day, agent, path, site } = view;
  if (!day) return '';
  const party = partyOf({ ...view, agent: agent.id });
  const id = agent.id ?? '';
  return `<nav class="steps" aria-label="Calls of this agent" data-day="${day}" data-agent="${escaped(id)}" data-path="${escaped(path)}"${party === undefined ? '' : ` data-party="${escaped(party)}"`} data-zone="${escaped(site.timeZone)}"> <a href="${escaped(callsHref({ agent: [id], from: day, to: day }))}">calls of this agent that day</a> </nav>`;
}

const pair = (label: string, lines: string[]): string => {
  const value =
    lines.length > 1
      ? `<ul> ${lines.map((line) => `<li>${escaped(line)}</li>`).join('')} </ul>`
      : lines[0] === undefined
        ? '<span class="quiet">nothing said</span>'
        : escaped(lines[0]);
  return `<dt>${escaped(label)}</dt> <dd> ${value} </dd>`;
};

function told({ summary, topic }: CallPage, spoken: string): string {
  if (!summary && !spoken) return '';
  const written = summary
    ? `<section class="section" aria-labelledby="summary"> ${sectionHead('summary', 'Summary', `written by the model${topic ? `, topic ${topic}` : ''}`)} <p class="prose">${escaped(summary)}</p> </section>`
    : '';
  return `<div class="told"> ${written} ${spoken} </div>`;
}

function side(view: CallPage, rules: QuotedRule[]): string {
  const { insights, metadata, site } = view;
  if (!hasSide(view)) return '';
  const found =
    insights.length > 0
      ? `<section class="section" aria-labelledby="insights"> ${sectionHead('insights', 'Insights', 'from the model')} <dl class="pairs"> ${insights.map(({ key, value }) => pair(labelOf(key), linesOf(value))).join(' ')} </dl> </section>`
      : '';
  const recorded =
    metadata.length > 0
      ? `<section class="section" aria-labelledby="details"> ${sectionHead('details', 'Call details', 'as recorded')} <dl class="pairs"> ${metadata.map(({ label, value }) => pair(label, linesOf(value === 'true' || value === 'false' ? value === 'true' : value))).join(' ')} </dl> </section>`
      : '';
  return `<div class="side"> ${found} ${recorded} ${site.hasQa ? rail(view, rules) : ''} </div>`;
}

const hasSide = ({ site, insights, metadata }: CallPage): boolean =>
  site.hasQa || insights.length > 0 || metadata.length > 0;

const SHAPES: { [verdict in Verdict]: string } = { none: 'none', passed: 'pass', failed: 'fail' };

function spokenSection({ seconds, lanes, ticks }: Lanes, turns: number, quoted: boolean, locale: string): string {
  const [mark, step] = [12, 18];
  const top = mark + 7;
  const height = top + lanes.length * step;
  let paths = '';
  for (const [index, lane] of lanes.entries()) {
    let d = '';
    for (const { x, width } of lane.bars) d += `M${x} ${top + index * step}h${width}v15h-${width}z`;
    paths += `<path class="lane-${lane.side}" d="${d}"></path>`;
  }
  for (const verdict of ['none', 'passed', 'failed'] as const) {
    const own = ticks.filter((tick) => tick.verdict === verdict);
    if (own.length > 0)
      paths += `<path class="lane-tick shape-${SHAPES[verdict]}" d="${own.map(({ x }) => `M${x} ${mark}V${top}`).join('')}"></path>`;
  }
  const marks = ticks.map(
    ({ x, verdict }) =>
      `<use class="shape-${SHAPES[verdict]}" href="#s-${SHAPES[verdict]}" x="${((x / seconds) * 100).toFixed(2)}%" width="${mark}" height="${mark}" transform="translate(-${mark / 2})"></use>`,
  );
  const quarter = (n: number): string => duration((seconds * n) / 4);
  const spoken = lanes.map((lane) => `${lane.name} ${duration(lane.seconds)}`).join(', ');
  const note = `${counted(turns, 'turn', locale)}${quoted ? '; a mark stands where the quote behind a rule was said' : ''}`;
  return `<section class="section" aria-labelledby="who-spoke"> ${sectionHead('who-spoke', 'Who spoke when', note)} <div class="lanes"> <div class="lane-names" aria-hidden="true"> ${lanes.map(({ name }) => `<span>${escaped(name)}</span>`).join('')} </div> <svg width="100%" height="${height}" role="img" aria-label="Who spoke when: ${escaped(spoken)}, of ${duration(seconds)}."> <svg viewBox="0 0 ${seconds} ${height}" width="100%" height="${height}" preserveAspectRatio="none" aria-hidden="true"> ${paths} </svg> ${marks.join('')} </svg> <div class="lane-times" aria-hidden="true"> <span>${quarter(0)}</span><span>${quarter(1)}</span><span>${quarter(2)}</span><span> <span>${quarter(3)}</span> <span>${duration(seconds)}</span> </span> </div> </div> </section>`;
}

function railItem(rule: QuotedRule, view: CallPage): string {
  const { locale } = view.site;
  const name = shapeOf(rule);
  const verdict = verdictOf(rule);
  const points = rule.pass === undefined || rule.score === undefined ? '' : `, ${fixed(rule.score, locale)}`;
  const tone = { passed: '', failed: ' class="worse"', none: ' class="quiet"' }[verdict];
  const result = `<span${tone}>${VERDICTS[verdict]}${points}</span>`;
  const weight =
    rule.weight !== undefined && rule.pass !== undefined
      ? `<span class="quiet">× ${decimal(rule.weight, locale, 2)}</span>`
      : '';
  const note = rule.coachNote ? `<p> <span class="quiet">Coach note</span> ${escaped(rule.coachNote)} </p>` : '';
  const quote = rule.evidence
    ? `<p class="quote"> <span>“${escaped(unquote(rule.evidence))}”</span> ${rule.turn === undefined ? '' : `<a href="#t-${rule.turn}">${placeInWords(rule)}</a>`} </p>`
    : rule.pass === false
      ? '<p class="note">No quote was given for this rule, so no turn is marked.</p>'
      : '';
  const lost = rule.evidence && rule.turn === undefined && view.transcript.turns.length > 0;
  return `<li${rule.turn === undefined ? ` id="${rule.anchor}"` : ''}> <div class="rail-head"> ${shape(name)} <b> ${escaped(rule.name)} ${rule.critical ? '<span class="tag">critical</span>' : ''} </b> <span class="nowrap"> ${result} ${weight} </span> </div> <div class="rail-body"> ${note} ${quote} ${lost ? '<p class="note">This quote was not found in the transcript, so no turn is marked.</p>' : ''} </div> </li>`;
}

const KEYS = '<p class="note keys"> <kbd>j</kbd> <kbd>k</kbd> next and previous quote </p>';

function rail(view: CallPage, rules: QuotedRule[]): string {
  const checked = rules.filter((rule) => rule.pass !== undefined);
  const passed = checked.filter((rule) => rule.pass === true).length;
  const overall =
    view.score === undefined ? '' : `${score(view.score, view.site.passMark, view.site.locale)} ${view.grade ?? ''}, `;
  const reason = view.notEvaluatedReason && escaped(view.notEvaluatedReason.replace(/\.$/, ''));
  const state =
    view.qa === 'not evaluated'
      ? `<p class="note"> Not evaluated: ${reason ?? 'the model gave no result for this call'}. It is not part of any score figure. </p>`
      : view.qa === 'not evaluated yet'
        ? `<p class="note">Not evaluated yet: ${reason ?? 'the rule results for this call have not arrived yet'}.</p>`
        : rules.length === 0
          ? '<p class="note">The data for this call has no rules.</p>'
          : '';
  const note = rules.length > 0 ? `${overall}${passed} of ${checked.length} passed` : undefined;
  return `<section class="section rail" aria-labelledby="rules"> ${sectionHead('rules', 'QA rules', note)} ${state} <ol> ${rules.map((rule) => railItem(rule, view)).join('')} </ol> ${rules.some(({ turn }) => turn !== undefined) ? KEYS : ''} </section>`;
}

function turnRow(turn: Turn, index: number): string {
  let said = '';
  for (const { text, mark } of turn.parts)
    said += mark ? `<mark class="${mark}">${escaped(text)}</mark>` : escaped(text);
  const time = turn.start === undefined ? '' : `, ${duration(Math.floor(turn.start))}`;
  const at = `<a class="at" href="#t-${index + 1}" aria-label="Turn ${index + 1}${time}"> ${time.slice(2) || index + 1} </a> `;
  const margin =
    turn.rules.length > 0
      ? `<ul class="margin"> ${turn.rules
          .map(
            (rule) =>
              `<li${rule.turn === index + 1 ? ` id="${rule.anchor}"` : ''}> ${shape(shapeOf(rule))} <span class="visually-hidden">${VERDICTS[verdictOf(rule)]}:</span> ${escaped(rule.name)} </li>`,
          )
          .join('')} </ul>`
      : '';
  return `<div id="t-${index + 1}" class="turn${turn.other ? ' other' : ''}"> ${at}<span class="who">${escaped(turn.who)}</span> <p class="said"> ${said} </p> ${margin} </div>`;
}

function turnsOf({ utteranceCount, transcript, site }: CallPage): string | undefined {
  if (utteranceCount === undefined) return undefined;
  const isSame = transcript.turns.length === 0 || transcript.turns.length === utteranceCount;
  const said = count(utteranceCount, site.locale);
  return isSame ? said : `${said} in the record, ${count(transcript.turns.length, site.locale)} in the transcript`;
}

function foot(view: CallPage): string {
  const { site } = view;
  const fact = (name: string, value: string | undefined): string =>
    value ? `<div> <dt>${name}</dt> <dd class="path">${escaped(value)}</dd> </div>` : '';
  return `<footer class="foot"> <div class="foot-in"> <dl class="trust"> ${fact('Call', view.id)}${fact('Analysed', view.processed && moment(view.processed, site))}${fact('Time zone', site.timeZone)}${fact('Pass mark', site.hasQa ? `${site.passMark} of 100` : undefined)}${fact('Language', view.language && languageName(view.language))}${fact('Words', view.wordCount === undefined ? undefined : count(view.wordCount, site.locale))}${fact('Turns', turnsOf(view))} </dl> <p class="note"> ${madeInWords(site)} ${site.hasQa ? scoreInWords(site) : ''} ${site.hasSentiment ? `Sentiment is positive − negative, of ${view.language ? '' : 'the first 4,800 characters of '}both speakers.` : ''} <a href="/about/">How these figures are made</a> </p> </div> </footer>`;
}

const FIND =
  '<search class="find" hidden> <label> <span class="visually-hidden">Find in this call</span> <input type="search" placeholder="Find in this call" autocomplete="off" spellcheck="false"> </label> <kbd>f</kbd> <output aria-live="polite"></output> <button type="button" name="previous" aria-label="Previous place">↑</button> <button type="button" name="next" aria-label="Next place">↓</button> </search>';

/** A function from a call's view model to its page. @throws where the bundle, whose assets it names, has not been built. */
export function literalRenderer(): (view: CallPage) => string {
  const { head, shapes } = frame();
  const script = asset(/^call-.*\.js$/);
  const everyPage = asset(/^every-page-.*\.js$/);
  return (view) => {
    const { site, transcript } = view;
    const { rules, turns, timed, voices } = transcriptOf(view.rules, transcript.turns, view);
    const talk = talkOf(transcript.turns, voices, view.durationSeconds);
    const spoken = lanesOf(transcript.turns, voices, rules, view.durationSeconds);
    const quoted = turns.some((turn) => turn.rules.length > 0);
    const heard = [
      view.language && languageName(view.language),
      view.wordCount !== undefined && counted(view.wordCount, 'word', site.locale),
      counted(turns.length, 'turn', site.locale),
    ].filter(Boolean);
    const note = turns.length > 0 ? heard.join(', ') : undefined;
    const named = voicesInWords(voices);
    const found = turns.length > 0 ? `${named ? `<p class="note voices">${named}</p>` : ''} ${FIND}` : '';
    const state =
      transcript.state === 'absent'
        ? '<p class="note">No transcript of this call was found.</p>'
        : transcript.state === 'refused'
          ? '<p class="note">The transcript of this call could not be read. The About page says why.</p>'
          : turns.length === 0
            ? '<p class="note">The transcript of this call is empty.</p>'
            : '';
    let rows = '';
    for (const [index, turn] of turns.entries()) rows += turnRow(turn, index);
    const end =
      turns.length > 0
        ? '<p class="note">End of the call. Speech to text can mishear: treat names and product terms with caution.</p>'
        : '';
    const title = view.title === site.name ? site.name : `${view.title} · ${site.name}`;
    return `<!DOCTYPE html><html lang="en" data-locale="${escaped(site.locale)}"> <head><meta charset="utf-8"><title>${escaped(title)}</title>${head} ${shapes} ${topBar(view)} <main id="main"> ${pageHead(view)} ${verdict(view, talk, talkRatio(transcript.turns, voices, talk))} <div class="call${hasSide(view) ? ' with-side' : ''}"> ${told(view, spoken ? spokenSection(spoken, turns.length, quoted, site.locale) : '')} ${side(view, rules)} <section class="section transcript${timed ? '' : ' untimed'}${quoted ? ' quoted' : ''}" aria-labelledby="transcript"> ${sectionHead('transcript', 'Transcript', note)} ${found} ${state} ${rows} ${end} </section> </div> </main> ${foot(view)} <script type="module" src="${script}"></script> <script type="module" src="${everyPage}"></script> </body> </html>`;
  };
}
