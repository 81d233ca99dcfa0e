import type { Utterance } from '#shared/model.ts';
import { hasAgent, type Voice, type Voices } from './voices.ts';
import { spacedWords } from './words.ts';

/** A stretch of a call; turns count from 1. */
interface Stretch {
  /** The first turn of a monologue; the turn before a silence, 0 where nobody has spoken. */
  turn: number;
  /** The last turn of a monologue; the turn after a silence. */
  to: number;
  seconds: number;
}

/** Who spoke how long. All of it in seconds of the recording. */
export interface Talk {
  /** Of the agent, or of the first voice where nobody can say who that is. Words of nobody are on no side. */
  firstSeconds: number;
  otherSeconds: number;
  /** One voice without another between, and without a pause; absent where no turn has a voice. */
  monologue?: Stretch & { voice: Voice };
  /** Absent where nobody was ever silent. */
  silence?: Stretch;
}

/** A pause that ends a monologue: longer than a breath. */
const PAUSE = 3;
/** How far a transcript may run over the call's own length: clocks of provider and recording differ. */
const OVERRUN = { factor: 1.1, seconds: 5 };

/**
 * Who spoke how long, told only where the times can be believed: every turn has them, none ends before it begins, they go
 * forwards, somebody speaks for more than no time, and they fit the call's own length. Turns may overlap.
 */
export function talkOf(turns: readonly Utterance[], { of }: Voices, durationSeconds?: number): Talk | undefined {
  const timed = turns.flatMap(({ start, end, speaker }) =>
    isTime(start) && isTime(end) ? [{ start, end, voice: of(speaker) }] : [],
  );
  const [first] = timed;
  if (!first || timed.length < 2 || timed.length < turns.length) return undefined;
  const forwards = timed.every(({ start, end }, i) => end >= start && start >= (timed[i - 1]?.start ?? 0));
  const last = Math.max(...timed.map(({ end }) => end));
  const fits = durationSeconds === undefined || last <= durationSeconds * OVERRUN.factor + OVERRUN.seconds;
  const spoken = (side?: Voice['side']) =>
    timed.reduce((sum, { start, end, voice }) => sum + (!side || voice.side === side ? end - start : 0), 0);
  if (!forwards || !fits || spoken() <= 0) return undefined;

  let monologue: Talk['monologue'];
  let silence: Stretch = { turn: 0, to: 1, seconds: first.start };
  let run = { turn: 1, start: first.start, voice: first.voice };
  let heard = first.start;
  for (const [i, { start, end, voice }] of timed.entries()) {
    if (start - heard > silence.seconds) silence = { turn: i, to: i + 1, seconds: start - heard };
    if (voice !== run.voice || start - heard > PAUSE) run = { turn: i + 1, start, voice };
    if (voice.side !== 'nobody' && end - run.start > (monologue?.seconds ?? 0))
      monologue = { turn: run.turn, to: i + 1, seconds: end - run.start, voice };
    heard = Math.max(heard, end);
  }
  return {
    firstSeconds: spoken('first'),
    otherSeconds: spoken('other'),
    ...(monologue && { monologue }),
    ...(silence.seconds > 0 && { silence }),
  };
}

/** How much of the talk was whose; percentages, which sum to 100. */
export interface TalkRatio {
  /** Of whom: "agent : customer", "first : second voice". */
  sides: string;
  first: number;
  other: number;
  by: 'time' | 'words';
  /** Of the words, where the ratio is by time. */
  words?: { first: number; other: number };
}

/** The ratio of talk by time, else by words. Undefined where not both sides speak. */
export function talkRatio(turns: readonly Utterance[], voices: Voices, talk?: Talk): TalkRatio | undefined {
  const said = { first: 0, other: 0, nobody: 0 };
  for (const { speaker, text } of turns) said[voices.of(speaker).side] += spacedWords(text);
  const words = partsOf(said.first, said.other);
  const time = talk && partsOf(talk.firstSeconds, talk.otherSeconds);
  const ratio = time ?? words;
  if (!ratio) return undefined;
  return { sides: sidesOf(voices), ...ratio, by: time ? 'time' : 'words', ...(time && words && { words }) };
}

/** In per cent; undefined where one side has none, for then there is nothing to compare. */
function partsOf(first: number, other: number): { first: number; other: number } | undefined {
  if (first <= 0 || other <= 0) return undefined;
  const percent = Math.round((first / (first + other)) * 100);
  return { first: percent, other: 100 - percent };
}

function sidesOf(voices: Voices): string {
  const others = voices.all.filter(({ side }) => side === 'other');
  const [other] = others;
  if (voices.by === 'unsettled' && others.length === 1 && other?.name === 'Second voice') return 'first : second voice';
  const first = hasAgent(voices) ? 'agent' : 'first voice';
  const rest = others.length > 1 ? 'others' : other?.name === 'Customer' ? 'customer' : 'other';
  return `${first} : ${rest}`;
}

const isTime = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 0;
