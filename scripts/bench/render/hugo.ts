import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallPage } from '../../../generator/report/view.ts';
import { lanes } from '../../../site/charts/lanes.ts';
import { callsHref } from '../../../site/lib/call-filter.ts';
import { count, dayAndYear, decimal, duration, moment, score, sentiment, time } from '../../../site/lib/format.ts';
import { labelOf, linesOf } from '../../../site/lib/insight.ts';
import { talkOf } from '../../../site/lib/talk.ts';
import { placeInWords, transcriptOf, unquote } from '../../../site/lib/transcript.ts';
import { nameOf } from './input.ts';

// Hugo has no JavaScript: figures in words and places of quotes are worked out for it, and only their writing is measured.

/** One content file a view, its front matter in JSON. */
export function writeHugoContent(folder: string, views: readonly CallPage[]): void {
  mkdirSync(folder, { recursive: true });
  for (const view of views) {
    const matter = { title: view.title, type: 'calls', url: `/${nameOf(view)}.html`, call: prepared(view) };
    writeFileSync(join(folder, `${nameOf(view)}.md`), JSON.stringify(matter, null, 1));
  }
}

const DIRECTIONS = { inbound: 'Inbound', outbound: 'Outbound', internal: 'Internal', unknown: 'Direction unknown' };
const MOODS = { positive: 'Positive', neutral: 'Neutral', negative: 'Negative', mixed: 'Mixed' };

function prepared(view: CallPage): object {
  const { site, sentiment: mood, rules: all } = view;
  const { locale } = site;
  const { rules, turns, timed } = transcriptOf(all, view.transcript.turns);
  const spoken = lanes(view.transcript.turns, rules, view.durationSeconds);
  const talk = talkOf(view.transcript.turns, view.durationSeconds);
  const percent = (part: number | undefined) => (part === undefined ? undefined : Math.round(part * 100));
  const byWords = percent(view.agentWordShare);
  const byTime = percent(talk && talk.agentSeconds / (talk.agentSeconds + talk.otherSeconds));
  const quoted = turns.some((turn) => turn.rules.length > 0);
  const day = view.day ? dayAndYear(view.day, locale) : '';
  const words = view.wordCount === undefined ? '' : `${count(view.wordCount, locale)} words`;
  const checked = rules.filter(({ pass }) => pass !== undefined);
  const critical = checked.filter((rule) => rule.critical);
  const overall = view.score === undefined ? '' : score(view.score, site.passMark, locale);
  return {
    view: { ...view, rules: undefined, transcript: undefined, insights: undefined, metadata: undefined },
    day,
    when: day ? `${day}${view.started ? ',' : ''}` : 'No start known',
    clock: view.started
      ? `${time(view.started, site, true)}${view.ended ? ` – ${time(view.ended, site, true)}` : ''}`
      : '',
    facts: [
      view.durationSeconds === undefined ? undefined : duration(view.durationSeconds),
      `${DIRECTIONS[view.direction]}${view.directionDerived ? ' (from the agent domains)' : ''}`,
      view.to ? `${view.from ?? 'unknown'} to ${view.to}` : view.from,
    ]
      .filter((fact) => fact !== undefined)
      .join(' · '),
    score: overall,
    verdict: verdictOf(view),
    critical: {
      checked: critical.length,
      failed: critical.filter(({ pass }) => pass === false).map(({ name }) => name),
    },
    plain: { checked: checked.length, failed: checked.filter(({ pass }) => pass === false).length },
    mood: mood && {
      name: mood.label,
      label: mood.label && MOODS[mood.label],
      score: mood.score === undefined ? undefined : sentiment(mood.score, locale),
      shares: [mood.positive, mood.neutral, mood.negative]
        .flatMap((value, i) => (value === undefined ? [] : [`${value.toFixed(2)} ${['pos', 'neu', 'neg'][i]}`]))
        .join(' · '),
    },
    share: byTime ?? byWords,
    shareWords: [
      byTime === undefined ? '' : 'by time',
      byWords === undefined ? '' : byTime === undefined ? 'by words' : `by words ${byWords} : ${100 - byWords}`,
    ]
      .filter(Boolean)
      .join('; ')
      .concat(byWords !== undefined && view.wordCount !== undefined ? `, of ${count(view.wordCount, locale)}` : ''),
    dayCalls: view.day ? callsHref({ agent: [view.agent.id ?? ''], from: view.day, to: view.day }) : '',
    words: view.wordCount === undefined ? undefined : count(view.wordCount, locale),
    utterances: view.utteranceCount === undefined ? undefined : count(view.utteranceCount, locale),
    monologue: talk && {
      turn: talk.monologue.turn,
      turns:
        talk.monologue.to > talk.monologue.turn
          ? `turns ${talk.monologue.turn} to ${talk.monologue.to}`
          : `turn ${talk.monologue.turn}`,
      words: duration(talk.monologue.seconds),
      silence: talk.silence && duration(talk.silence.seconds),
      before: talk.silence?.to,
    },
    length: view.durationSeconds === undefined ? undefined : duration(view.durationSeconds),
    lengthUnit: (view.durationSeconds ?? 0) < 3600 ? 'mm:ss' : 'h:mm:ss',
    insights: view.insights.map(({ key, value }) => ({ label: labelOf(key), lines: linesOf(value) })),
    metadata: view.metadata.map(({ label, value }) => ({
      label,
      lines: linesOf(value === 'true' || value === 'false' ? value === 'true' : value),
    })),
    spoken: spoken && {
      seconds: spoken.seconds,
      agent: duration(spoken.bars.reduce((sum, bar) => sum + (bar.other ? 0 : bar.width), 0)),
      other: duration(spoken.bars.reduce((sum, bar) => sum + (bar.other ? bar.width : 0), 0)),
      bars: spoken.bars,
      passed: spoken.ticks.filter(({ failed }) => !failed).map(({ x }) => x),
      failed: spoken.ticks.filter(({ failed }) => failed).map(({ x }) => x),
      quarters: [0, 1, 2, 3, 4].map((quarter) => duration((spoken.seconds * quarter) / 4)),
    },
    quoted,
    timed,
    railNote:
      rules.length > 0
        ? `${overall && `${overall} ${view.grade ?? ''}, `}${checked.filter(({ pass }) => pass).length} of ${checked.length} passed`
        : '',
    rules: rules.map((rule) => ({
      ...rule,
      shape: rule.pass === undefined ? 'none' : rule.pass ? 'pass' : rule.critical ? 'critical' : 'fail',
      points: rule.score === undefined ? '' : decimal(rule.score, locale),
      weight: rule.weight === undefined || rule.pass === undefined ? undefined : `× ${decimal(rule.weight, locale, 2)}`,
      quote: rule.evidence && unquote(rule.evidence),
      place: placeInWords(rule),
    })),
    state: view.transcript.state,
    hasPlaces: rules.some(({ turn }) => turn !== undefined),
    turns: turns.map((turn, index) => ({
      ...turn,
      at: turn.start === undefined ? String(index + 1) : duration(Math.floor(turn.start)),
      label: `Turn ${index + 1}${turn.start === undefined ? '' : `, ${duration(Math.floor(turn.start))}`}`,
      rules: turn.rules.map(({ name, pass, anchor, turn: first }) => ({
        name,
        failed: pass === false,
        anchor: first === index + 1 ? anchor : '',
      })),
    })),
    turnsNote: turns.length > 0 ? `${words && `${words}, `}${turns.length} turns` : '',
    voices: `Speakers are named by the first voice heard: it is called the agent${
      view.direction === 'outbound'
        ? ', and on an outbound call like this it is often the customer’s.'
        : '. On outbound calls it is often the customer’s.'
    }`,
    processed: view.processed && moment(view.processed, site),
  };
}

function verdictOf({ tooShort, passed, qa, site }: CallPage): { shape: string; tone: string; text: string } {
  if (passed !== undefined && !tooShort)
    return passed
      ? { shape: 'pass', tone: 'better', text: `Passed, mark ${site.passMark}` }
      : { shape: 'fail', tone: 'worse', text: `Failed, mark ${site.passMark}` };
  const text = tooShort
    ? 'Too short'
    : { evaluated: 'No overall result', 'not evaluated': 'Not evaluated', 'not evaluated yet': 'Not evaluated yet' }[
        qa
      ];
  return { shape: 'none', tone: 'status status-none', text };
}
