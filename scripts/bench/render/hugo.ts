import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsHref } from '#shared/filter/filter.ts';
import {
  count,
  counted,
  dayAndYear,
  decimal,
  duration,
  fixed,
  moment,
  score,
  sentiment,
  time,
} from '#shared/format/format.ts';
import { labelOf, linesOf } from '#shared/format/insight.ts';
import { directionInWords, SENTIMENTS } from '#shared/format/labels.ts';
import { madeInWords } from '#shared/format/made-by.ts';
import { unquote } from '#shared/format/unquote.ts';
import type { CallPage } from '#shared/view.ts';
import { lanesOf } from '../../../site/report/call/transcript/lanes.ts';
import { talkOf, talkRatio } from '../../../site/report/call/transcript/talk.ts';
import {
  placeInWords,
  shapeOf,
  transcriptOf,
  VERDICTS,
  type Verdict,
  verdictOf,
} from '../../../site/report/call/transcript/transcript.ts';
import { voicesInWords } from '../../../site/report/call/transcript/voices.ts';
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

const SHAPES: { [verdict in Verdict]: string } = { none: 'none', passed: 'pass', failed: 'fail' };

function prepared(view: CallPage): object {
  const { site, sentiment: mood, rules: all } = view;
  const { locale } = site;
  const { rules, turns, timed, voices } = transcriptOf(all, view.transcript.turns, view);
  const spoken = lanesOf(view.transcript.turns, voices, rules, view.durationSeconds);
  const talk = talkOf(view.transcript.turns, voices, view.durationSeconds);
  const ratio = talkRatio(view.transcript.turns, voices, talk);
  const quoted = turns.some((turn) => turn.rules.length > 0);
  const day = view.day ? dayAndYear(view.day, locale) : '';
  const words = view.wordCount === undefined ? '' : counted(view.wordCount, 'word', locale);
  const checked = rules.filter(({ pass }) => pass !== undefined);
  const critical = rules.filter((rule) => rule.critical);
  const told = critical.length > 0 ? critical : rules;
  const counts = told.filter(({ pass }) => pass !== undefined);
  const failed = told.filter(({ pass }) => pass === false);
  const overall = view.score === undefined ? '' : score(view.score, site.passMark, locale);
  return {
    view: { ...view, rules: undefined, transcript: undefined, insights: undefined, metadata: undefined },
    day,
    when: day ? `${day}${view.started ? ',' : ''}` : 'Unknown start time',
    clock: view.started
      ? `${time(view.started, site, true)}${view.ended ? ` – ${time(view.ended, site, true)}` : ''}`
      : '',
    facts: [
      view.durationSeconds === undefined ? undefined : duration(view.durationSeconds),
      directionInWords(view.direction, view.directionDerived),
      view.to ? `${view.from ?? 'unknown'} to ${view.to}` : view.from,
    ]
      .filter((fact) => fact !== undefined)
      .join(' · '),
    score: overall,
    verdict: resultOf(view),
    rulesFigure: told.length > 0 && {
      name: critical.length > 0 ? 'Critical rules' : 'Rules',
      worse: critical.length > 0 && failed.length > 0,
      value: counts.length === 0 ? '' : failed.length > 0 ? String(failed.length) : 'None',
      unit: failed.length > 0 ? `of ${counts.length} failed` : `failed, of ${counts.length}`,
      failed: critical.length > 0 ? failed.map(({ name }) => name) : [],
      unchecked: critical.filter(({ pass }) => pass === undefined).map(({ name }) => name),
    },
    mood: mood && {
      name: mood.label,
      label: mood.label && SENTIMENTS[mood.label],
      score: mood.score === undefined ? undefined : sentiment(mood.score, locale),
      shares: [mood.positive, mood.neutral, mood.negative]
        .flatMap((value, i) => (value === undefined ? [] : [`${value.toFixed(2)} ${['pos', 'neu', 'neg'][i]}`]))
        .join(' · '),
    },
    ratio: ratio && {
      sides: ratio.sides,
      parts: `${ratio.first} : ${ratio.other}`,
      by: [
        `by ${ratio.by}`,
        ratio.words && `; by words ${ratio.words.first} : ${ratio.words.other}`,
        words && `, of ${words}`,
      ]
        .filter(Boolean)
        .join(''),
    },
    dayCalls: view.day ? callsHref({ agent: [view.agent.id ?? ''], from: view.day, to: view.day }) : '',
    words: view.wordCount === undefined ? undefined : count(view.wordCount, locale),
    utterances: view.utteranceCount === undefined ? undefined : count(view.utteranceCount, locale),
    monologue: talk?.monologue && {
      name: talk.monologue.voice.name,
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
      height: 19 + spoken.lanes.length * 18,
      label: spoken.lanes.map((lane) => `${lane.name} ${duration(lane.seconds)}`).join(', '),
      lanes: spoken.lanes.map((lane, index) => ({ ...lane, y: 19 + index * 18 })),
      lines: (['none', 'passed', 'failed'] as const).flatMap((verdict) => {
        const own = spoken.ticks.filter((tick) => tick.verdict === verdict);
        return own.length > 0 ? [{ shape: SHAPES[verdict], d: own.map(({ x }) => `M${x} 12V19`).join('') }] : [];
      }),
      marks: spoken.ticks.map(({ x, verdict }) => ({
        x: `${((x / spoken.seconds) * 100).toFixed(2)}%`,
        shape: SHAPES[verdict],
      })),
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
      shape: shapeOf(rule),
      verdict: VERDICTS[verdictOf(rule)],
      tone: { passed: '', failed: 'worse', none: 'quiet' }[verdictOf(rule)],
      points: rule.score === undefined || rule.pass === undefined ? '' : fixed(rule.score, locale),
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
      rules: turn.rules.map((rule) => ({
        name: rule.name,
        shape: shapeOf(rule),
        verdict: VERDICTS[verdictOf(rule)],
        anchor: rule.turn === index + 1 ? rule.anchor : '',
      })),
    })),
    turnsNote: turns.length > 0 ? `${words && `${words}, `}${counted(turns.length, 'turn', locale)}` : '',
    heard: counted(turns.length, 'turn', locale),
    hasSide: site.hasQa || view.insights.length > 0 || view.metadata.length > 0,
    voices: voicesInWords(voices) ?? '',
    made: madeInWords(site),
    processed: view.processed && moment(view.processed, site),
  };
}

function resultOf({ tooShort, passed, qa, site }: CallPage): { shape: string; tone: string; text: string } {
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
