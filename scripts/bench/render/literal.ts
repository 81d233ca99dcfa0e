import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { partyOf } from '../../../generator/days/party.ts';
import { ROOT } from '../../../generator/render/version.ts';
import type { CallPage, CallRule } from '../../../generator/report/view.ts';
import { type Lanes, lanes } from '../../../site/charts/lanes.ts';
import { callsHref } from '../../../site/lib/call-filter.ts';
import { count, dayAndYear, decimal, duration, moment, score, sentiment, time } from '../../../site/lib/format.ts';
import { labelOf, linesOf } from '../../../site/lib/insight.ts';
import { type Talk, talkOf } from '../../../site/lib/talk.ts';
import { placeInWords, type QuotedRule, type Turn, transcriptOf, unquote } from '../../../site/lib/transcript.ts';

// The limit: the same call page, by hand, as one function of template literals. The words of figures and the places of quotes
// come from the site's own functions; only the writing is done here. Each value must be escaped by whoever writes it, which is
// why the product is not written like this.

const SPECIAL = /[&<>"']/;

/** Text and attribute values. */
export function escaped(text: string): string {
  const first = text.search(SPECIAL);
  if (first === -1) return text;
  let out = '';
  let from = 0;
  for (let at = first; at < text.length; at++) {
    const entity = ENTITIES[text.charCodeAt(at)];
    if (entity === undefined) continue;
    out += text.slice(from, at) + entity;
    from = at + 1;
  }
  return out + text.slice(from);
}

const ENTITIES: { [code: number]: string } = { 34: '&quot;', 38: '&amp;', 39: '&#39;', 60: '&lt;', 62: '&gt;' };

const asset = (pattern: RegExp): string => {
  const name = readdirSync(join(ROOT, '.build/report/client/assets')).find((candidate) => pattern.test(candidate));
  if (name === undefined) throw new Error(`missing asset: ${pattern}`);
  return `/assets/${name}`;
};

/** What no page differs in, for Hugo too. @throws where the bundle has not been built. */
export function frame(): { head: string; shapes: string } {
  const shapes = readFileSync(join(ROOT, 'site/report/components/Shapes.astro'), 'utf8').split('---\n').at(-1) ?? '';
  return {
    head: `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex, nofollow"><meta name="referrer" content="same-origin"><link rel="icon" href="${asset(/^icon\./)}" type="image/svg+xml"><link rel="preload" href="${asset(/^source-sans-3-latin-wght-normal\./)}" as="font" type="font/woff2" crossorigin><link rel="stylesheet" href="/brand.css"><link rel="stylesheet" href="${asset(/\.css$/)}"></head> <body> <a class="skip" href="#main">Skip to the content</a>`,
    shapes: shapes
      .replace(/\s+(?=\/?>)/g, '')
      .replace(/\s+/g, ' ')
      .trim(),
  };
}

const shape = (name: string): string =>
  `<svg class="shape shape-${name}" width="14" height="14" aria-hidden="true"> <use href="#s-${name}"></use> </svg>`;

const sectionHead = (id: string, title: string, note?: string): string =>
  `<div class="section-head"> <h2 id="${id}">${title}</h2> ${note ? `<span class="note">${escaped(note)}</span>` : ''} </div>`;

function topBar({ site, path }: CallPage): string {
  const initial = [...site.name.trim()][0]?.toLocaleUpperCase(site.locale) ?? '';
  const brand = site.logo
    ? `<img class="brand-logo" src="${escaped(site.logo)}" alt="" height="24">`
    : `<span class="brand-mark" aria-hidden="true"> ${escaped(initial)} </span>`;
  const current = path === '/calls/' ? 'page' : 'true';
  return `<header class="top"> <div class="top-in"> <a class="brand" href="/"> ${brand} <span class="brand-name">${escaped(site.name)}</span> </a> <nav class="tabs" aria-label="Pages"> <a href="/"> Overview </a><a href="/agents/"> Agents </a>${site.hasQa ? '<a href="/qa/"> QA </a>' : ''}<a href="/calls/" aria-current="${current}"> Calls </a><a href="/about/"> About </a> </nav> <button id="jump" class="jump-button" type="button" aria-haspopup="dialog" aria-keyshortcuts="/" hidden> <span>Search</span> <kbd aria-hidden="true">/</kbd> </button> <div id="session" hidden></div> </div> </header>`;
}

const DIRECTIONS = { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal', unknown: 'Direction unknown' };

function pageHead(view: CallPage): string {
  const { site, agent, started, ended } = view;
  const { locale } = site;
  const day = view.day && dayAndYear(view.day, locale);
  const when = day ? `${day}${started ? ',' : ''}` : 'No start known';
  const clock = started ? `${time(started, site, true)}${ended ? ` – ${time(ended, site, true)}` : ''}` : '';
  const parties = view.to ? `${view.from ?? 'unknown'} to ${view.to}` : view.from;
  const direction = `${DIRECTIONS[view.direction]}${view.directionDerived ? ' (from the agent domains)' : ''}`;
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

const MOODS = { positive: 'Positive', neutral: 'Neutral', negative: 'Negative', mixed: 'Mixed' };

function status({ qa, passed, tooShort }: CallPage): string {
  const none = (words: string): string => `<span class="status status-none"> ${shape('none')} ${words} </span>`;
  if (tooShort) return none('Too short');
  if (qa === 'not evaluated') return none('Not evaluated');
  if (qa === 'not evaluated yet') return none('Not evaluated yet');
  if (passed === undefined) return none('No overall result');
  return passed
    ? `<span class="status"> ${shape('pass')} Pass </span>`
    : `<span class="status status-fail"> ${shape('fail')} Fail </span>`;
}

const figure = (name: string, value: string, lines: string): string =>
  `<div class="figure"> <dt>${name}</dt> ${value && `<dd class="figure-value"> ${value} </dd>`} ${lines} </div>`;
const figureLine = (text: string): string => `<dd class="figure-line"> ${text} </dd>`;

function qaFigure(view: CallPage): string {
  const { passMark, locale } = view.site;
  const judged = !view.tooShort && view.passed !== undefined;
  const value =
    view.score === undefined
      ? ''
      : `${score(view.score, passMark, locale)} <span class="unit">of 100${view.grade ? `, grade ${escaped(view.grade)}` : ''}</span>`;
  const line = !judged
    ? status(view)
    : view.passed
      ? `<span class="better"> ${shape('pass')} Passed, mark ${passMark} </span>`
      : `<span class="worse"> ${shape('fail')} Failed, mark ${passMark} </span>`;
  return figure('QA score', value, figureLine(line));
}

function rulesFigure(rules: CallRule[]): string {
  const critical = rules.filter((rule) => rule.critical && rule.pass !== undefined);
  if (critical.length > 0) {
    const failed = critical.filter((rule) => rule.pass === false);
    const lines = failed.map((rule) => figureLine(`${shape('critical')} <b>${escaped(rule.name)}</b>`)).join('');
    const n = `<span${failed.length > 0 ? ' class="worse"' : ''}>${failed.length}</span>`;
    return figure('Critical rules', `${n} <span class="unit">of ${critical.length} failed</span>`, lines);
  }
  const checked = rules.filter((rule) => rule.pass !== undefined).length;
  const failed = rules.filter((rule) => rule.pass === false).length;
  return checked === 0 ? '' : figure('Rules', `${failed} <span class="unit">of ${checked} failed</span>`, '');
}

function moodFigure({ sentiment: mood, site }: CallPage): string {
  if (!mood) return '';
  const shares = (
    [
      [mood.positive, 'pos'],
      [mood.neutral, 'neu'],
      [mood.negative, 'neg'],
    ] as const
  ).flatMap(([value, name]) => (value === undefined ? [] : [`${value.toFixed(2)} ${name}`]));
  const label = mood.label && MOODS[mood.label];
  const value =
    mood.score === undefined
      ? (label ?? '')
      : `${sentiment(mood.score, site.locale)} <span class="unit">positive − negative</span>`;
  const line = `${mood.label ? `<span> ${shape(mood.label)} <b>${label}</b> </span>` : ''} <span class="quiet">${shares.join(' · ')}</span>`;
  return figure('Sentiment of both speakers', value, figureLine(line));
}

function lengthFigure({ durationSeconds }: CallPage, talk: Talk | undefined): string {
  if (talk) {
    const { monologue, silence } = talk;
    const turns =
      monologue.to > monologue.turn ? `turns ${monologue.turn} to ${monologue.to}` : `turn ${monologue.turn}`;
    const quiet = silence
      ? ` <span> · silence ${duration(silence.seconds)}, before <a href="#t-${silence.to}">turn ${silence.to}</a> </span>`
      : '';
    return figure(
      'Longest monologue',
      duration(monologue.seconds),
      figureLine(`<a href="#t-${monologue.turn}">${turns}</a>${quiet}`),
    );
  }
  if (durationSeconds === undefined) return '';
  const unit = durationSeconds < 3600 ? 'mm:ss' : 'h:mm:ss';
  return figure('Length', `${duration(durationSeconds)} <span class="unit">${unit}</span>`, '');
}

function verdict(view: CallPage, talk: Talk | undefined): string {
  const percent = (part: number | undefined) => (part === undefined ? undefined : Math.round(part * 100));
  const byWords = percent(view.agentWordShare);
  const byTime = percent(talk && talk.agentSeconds / (talk.agentSeconds + talk.otherSeconds));
  const share = byTime ?? byWords;
  const said = view.wordCount === undefined ? '' : `, of ${count(view.wordCount, view.site.locale)}`;
  const how =
    byTime === undefined
      ? `by words${said}`
      : byWords === undefined
        ? 'by time'
        : `by time; by words ${byWords} : ${100 - byWords}${said}`;
  const words =
    share === undefined ? '' : figure('Talk, agent : customer', `${share} : ${100 - share}`, figureLine(how));
  return `<dl class="figures verdict"> ${view.site.hasQa ? qaFigure(view) : ''} ${rulesFigure(view.rules)} ${moodFigure(view)} ${words} ${lengthFigure(view, talk)} </dl>`;
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

function told(view: CallPage, spoken: string): string {
  const { summary, topic, insights, metadata } = view;
  const beside = insights.length > 0 || metadata.length > 0;
  if (!summary && !beside) return spoken;
  const written = summary
    ? `<div${beside ? ' class="w8"' : ''}> <section class="section" aria-labelledby="summary"> ${sectionHead('summary', 'Summary', `written by the model${topic ? `, topic ${topic}` : ''}`)} <p class="prose">${escaped(summary)}</p> </section> ${beside ? spoken : ''} </div>`
    : '';
  const found =
    insights.length > 0
      ? `<section class="section" aria-labelledby="insights"> ${sectionHead('insights', 'Insights', 'from the model')} <dl class="pairs"> ${insights.map(({ key, value }) => pair(labelOf(key), linesOf(value))).join(' ')} </dl> </section>`
      : '';
  const recorded =
    metadata.length > 0
      ? `<section class="section" aria-labelledby="details"> ${sectionHead('details', 'Call details', 'as recorded')} <dl class="pairs"> ${metadata.map(({ label, value }) => pair(label, linesOf(value === 'true' || value === 'false' ? value === 'true' : value))).join(' ')} </dl> </section>`
      : '';
  const side = beside ? `<div${summary ? ' class="w4"' : ''}> ${found} ${recorded} </div>` : '';
  return `<div class="row"> ${written} ${side} </div> ${summary && beside ? '' : spoken}`;
}

function spokenSection({ seconds, bars, ticks }: Lanes, turns: number, quoted: boolean): string {
  let [agent, other, agentSeconds, otherSeconds] = ['', '', 0, 0];
  for (const bar of bars) {
    if (bar.other) {
      otherSeconds += bar.width;
      other += `M${bar.x} 37h${bar.width}v15h-${bar.width}z`;
    } else {
      agentSeconds += bar.width;
      agent += `M${bar.x} 19h${bar.width}v15h-${bar.width}z`;
    }
  }
  const marks = [false, true].map((failed) => {
    const own = ticks.filter((tick) => tick.failed === failed);
    if (own.length === 0) return '';
    const tone = failed ? 'lane-fail' : 'lane-pass';
    return `<path class="lane-tick ${tone}" d="${own.map(({ x }) => `M${x} 7V19`).join('')}"></path> <path class="lane-dot ${tone}" d="${own.map(({ x }) => `M${x} 6h0`).join('')}"></path>`;
  });
  const quarter = (n: number): string => duration((seconds * n) / 4);
  return `<section class="section" aria-labelledby="who-spoke"> ${sectionHead('who-spoke', 'Who spoke when', `${turns} turns${quoted ? '; a tick marks the quote behind a rule' : ''}`)} <div class="lanes"> <div class="lane-names" aria-hidden="true">Agent<br>Customer</div> <svg viewBox="0 0 ${seconds} 54" preserveAspectRatio="none" role="img" aria-label="Who spoke when: the agent’s side spoke ${duration(agentSeconds)}, the other ${duration(otherSeconds)} of ${duration(seconds)}."> <path class="lane-a" d="${agent}"></path> <path class="lane-b" d="${other}"></path> ${marks.join('')} </svg> <div class="lane-times" aria-hidden="true"> <span>${quarter(0)}</span><span>${quarter(1)}</span><span>${quarter(2)}</span><span> <span>${quarter(3)}</span> <span>${duration(seconds)}</span> </span> </div> </div> </section>`;
}

function railItem(rule: QuotedRule, view: CallPage): string {
  const { locale } = view.site;
  const name = rule.pass === undefined ? 'none' : rule.pass ? 'pass' : rule.critical ? 'critical' : 'fail';
  const points = rule.score === undefined ? '' : decimal(rule.score, locale);
  const result =
    rule.pass === false
      ? `<span class="worse">Fail${points && `, ${points}`}</span>`
      : rule.pass
        ? `<span> <span class="visually-hidden">Pass </span> ${points} </span>`
        : '<span class="quiet">not evaluated</span>';
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
  const state =
    view.qa === 'not evaluated'
      ? '<p class="note">Not evaluated: the model gave no result for this call, so it counts in no score figure.</p>'
      : view.qa === 'not evaluated yet'
        ? '<p class="note">Not evaluated yet: the rules’ results of this call are still to come.</p>'
        : rules.length === 0
          ? '<p class="note">The data of this call names no rules.</p>'
          : '';
  const note = rules.length > 0 ? `${overall}${passed} of ${checked.length} passed` : undefined;
  return `<section class="section rail" aria-labelledby="rules"> <div class="rail-in"> ${sectionHead('rules', 'QA rules', note)} ${state} <ol> ${rules.map((rule) => railItem(rule, view)).join('')} </ol> ${rules.some(({ turn }) => turn !== undefined) ? KEYS : ''} </div> </section>`;
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
          .map(({ pass, name, turn: first, anchor }) =>
            pass === false
              ? `<li${first === index + 1 ? ` id="${anchor}"` : ''}> ${shape('fail')} <span class="visually-hidden">Failed:</span> ${escaped(name)} </li>`
              : `<li${first === index + 1 ? ` id="${anchor}"` : ''}> ${shape('pass')} <span class="visually-hidden">Passed:</span> ${escaped(name)} </li>`,
          )
          .join('')} </ul>`
      : '';
  return `<div id="t-${index + 1}" class="turn${turn.other ? ' other' : ''}"> ${at}<span class="who">${escaped(turn.who)}</span> <p class="said"> ${said} </p> ${margin} </div>`;
}

function foot(view: CallPage): string {
  const { site } = view;
  const fact = (name: string, value: string | undefined): string =>
    value ? `<div> <dt>${name}</dt> <dd class="path">${escaped(value)}</dd> </div>` : '';
  return `<footer class="foot"> <div class="foot-in"> <dl class="trust"> ${fact('Call', view.id)}${fact('Analysed', view.processed && moment(view.processed, site))}${fact('Time zone', site.timeZone)}${fact('Pass mark', site.hasQa ? `${site.passMark} of 100` : undefined)}${fact('Words', view.wordCount === undefined ? undefined : count(view.wordCount, site.locale))}${fact('Utterances', view.utteranceCount === undefined ? undefined : count(view.utteranceCount, site.locale))} </dl> <p class="note"> Scores, labels and summaries are made by machine. ${site.hasQa ? 'Score is the mean of the rules’ scores by weight.' : ''} ${site.hasSentiment ? 'Sentiment is positive − negative, of the first 4,800 characters of both speakers.' : ''} <a href="/about/">How these figures are made</a> </p> </div> </footer>`;
}

const FIND =
  '<search class="find" hidden> <label> <span class="visually-hidden">Find in this call</span> <input type="search" placeholder="Find in this call" autocomplete="off" spellcheck="false"> </label> <kbd>f</kbd> <output aria-live="polite"></output> <button type="button" name="previous" aria-label="Previous place">↑</button> <button type="button" name="next" aria-label="Next place">↓</button> </search>';

function voices({ direction }: CallPage): string {
  const often =
    direction === 'outbound'
      ? ', and on an outbound call like this it is often the customer’s.'
      : '. On outbound calls it is often the customer’s.';
  return `<p class="note voices"> Speakers are named by the first voice heard: it is called the agent${often} </p>`;
}

/** A function from a call's view model to its page. @throws where the bundle, whose assets it names, has not been built. */
export function literalRenderer(): (view: CallPage) => string {
  const { head, shapes } = frame();
  const script = asset(/^call-.*\.js$/);
  const jump = asset(/^jump-.*\.js$/);
  return (view) => {
    const { site, transcript } = view;
    const { rules, turns, timed } = transcriptOf(view.rules, transcript.turns);
    const spoken = lanes(transcript.turns, rules, view.durationSeconds);
    const quoted = turns.some((turn) => turn.rules.length > 0);
    const words = view.wordCount === undefined ? '' : `${count(view.wordCount, site.locale)} words, `;
    const note = turns.length > 0 ? `${words}${turns.length} turns` : undefined;
    const found = turns.length > 0 ? `${voices(view)} ${FIND}` : '';
    const state =
      transcript.state === 'absent'
        ? '<p class="note">No transcript of this call was found.</p>'
        : transcript.state === 'refused'
          ? '<p class="note">The transcript of this call could not be read. About says why.</p>'
          : turns.length === 0
            ? '<p class="note">The transcript of this call is empty.</p>'
            : '';
    let rows = '';
    for (const [index, turn] of turns.entries()) rows += turnRow(turn, index);
    const end =
      turns.length > 0
        ? '<p class="note">End of the call. Speech to text can mishear: judge names and product words with care.</p>'
        : '';
    const title = view.title === site.name ? site.name : `${view.title} · ${site.name}`;
    return `<!DOCTYPE html><html lang="en" data-locale="${escaped(site.locale)}"> <head><meta charset="utf-8"><title>${escaped(title)}</title>${head} ${shapes} ${topBar(view)} <main id="main"> ${pageHead(view)} ${verdict(view, talkOf(transcript.turns, view.durationSeconds))} ${told(view, spoken ? spokenSection(spoken, turns.length, quoted) : '')} <div class${site.hasQa ? '="talk"' : ''}> ${site.hasQa ? rail(view, rules) : ''} <section class="section transcript${timed ? '' : ' untimed'}${quoted ? ' quoted' : ''}" aria-labelledby="transcript"> ${sectionHead('transcript', 'Transcript', note)} ${found} ${state} ${rows} ${end} </section> </div> </main> ${foot(view)} <script type="module" src="${script}"></script> <script type="module" src="${jump}"></script> </body> </html>`;
  };
}
