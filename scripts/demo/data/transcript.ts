import type { Conversation } from './conversation.ts';
import type { Plan } from './plan.ts';
import { random } from './random.ts';

export interface Utterance {
  speaker: 'agent' | 'customer' | 'unknown';
  start_time: number;
  end_time: number;
  text: string;
}

/** Turns with their times, and how long the call took in whole seconds. */
export function timed(plan: Plan, { turns }: Conversation): { transcript: Utterance[]; seconds: number } {
  const draw = random(plan.seed, plan.tenant.org, plan.day.date, plan.index, 'times');
  const callerPace = draw.between(2.1, 2.9);
  // The first voice heard is called the agent, whoever it is.
  const first = turns[0]?.who;
  let clock = draw.between(0.4, 2.2);
  const transcript = turns.map(({ who, text, pause }) => {
    const start = clock;
    const pace = who === 'A' ? plan.agent.pace : callerPace;
    const end = start + 0.3 + (words(text) / pace) * draw.between(0.88, 1.15);
    // People answer within a second, and now and then before the other has finished.
    clock = end + (draw.chance(0.07) ? -0.25 : draw.between(0.2, 2.2)) + pause * draw.between(0.8, 2.4);
    return {
      speaker: who === first ? ('agent' as const) : ('customer' as const),
      start_time: cents(start),
      end_time: cents(end),
      text,
    };
  });
  const last = transcript.at(-1)?.end_time ?? 0;
  return { transcript, seconds: Math.ceil(last + draw.between(0.3, 2)) };
}

/** As a recogniser without diarisation writes it: no times, one utterance per channel, or one in all. */
export function untimed(transcript: readonly Utterance[], voices: 1 | 2): Utterance[] {
  const said = (speaker: string | undefined) =>
    transcript
      .filter((turn) => speaker === undefined || turn.speaker === speaker)
      .map(({ text }) => text)
      .join(' ');
  const utterance = (speaker: Utterance['speaker'], text: string) => ({ speaker, start_time: 0, end_time: 0, text });
  if (voices === 1) return [utterance('unknown', said(undefined))];
  return [utterance('agent', said('agent')), utterance('customer', said('customer'))];
}

export const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;

const cents = (n: number): number => Math.round(n * 100) / 100;
