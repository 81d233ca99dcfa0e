import { expect, it } from 'vitest';
import { countAbout } from '../counts/about.ts';
import { cubeOf } from '../counts/cube.ts';
import { sumsOf } from '../counts/sums.ts';
import type { Call } from '../model.ts';
import type { Dataset } from './dataset.ts';
import { topicSentence } from './lead-topic.ts';

const [BEFORE, NOW] = ['2026-03-01', '2026-03-08'];

/** Topic → passed and evaluated calls, a week before and on the day. */
type Drawn = { [topic: string]: [before: [passed: number, of: number], now: [passed: number, of: number]] };

/** What is said where all topics but "Rare" are told apart. */
function said(drawn: Drawn, minimumN = 5): string {
  const calls = Object.entries(drawn).flatMap(([topic, sides]) =>
    sides.flatMap(([passed, of], at) =>
      Array.from({ length: of }, (_, i) => ({
        id: `${topic}-${at}-${i}`,
        day: [BEFORE, NOW][at],
        agent: null,
        direction: 'inbound',
        qa: 'evaluated',
        passed: i < passed,
        rules: [],
        insights: [{ key: 'topic', value: topic }],
        metadata: [],
      })),
    ),
  ) as unknown as Call[];
  const dimensions = [{ id: 'topic' as const, values: Object.keys(drawn).filter((topic) => topic !== 'Rare') }];
  const days = [BEFORE, NOW].map((day) => {
    const own = calls.filter((call) => call.day === day);
    const about = countAbout(own, dimensions);
    return [day as string, { ...cubeOf(own, new Set(), 'UTC'), ...(about && { about }) }] as const;
  });
  const dataset = { site: { minimumN, locale: 'en-GB' }, sums: sumsOf(new Map(days)), dimensions };
  const on = (day = '') => ({ from: day, to: day });
  const phrase = topicSentence(dataset as unknown as Dataset, on(NOW), on(BEFORE));
  return phrase.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

it('names the topic without which the share would have fallen by less than a third, and nothing where there is none', () => {
  const steady: Drawn[string] = [
    [16, 20],
    [16, 20],
  ];
  const fallen: Drawn[string] = [
    [8, 10],
    [2, 10],
  ];
  expect(said({ Bills: fallen, Meters: steady })).toBe(
    ' Without the 10 calls about Bills the share that passed would have stayed level, instead of falling by 20 points.',
  );
  expect(
    said({
      Bills: fallen,
      Meters: [
        [16, 20],
        [15, 20],
      ],
    }),
  ).toBe(
    ' Without the 10 calls about Bills the share that passed would have fallen by 5 points, instead of falling by 23.3 points.',
  );
  expect(
    said({
      Bills: fallen,
      Meters: [
        [16, 20],
        [17, 20],
      ],
    }),
  ).toBe(
    ' Without the 10 calls about Bills the share that passed would have risen by 5 points, instead of falling by 16.7 points.',
  );
  // A third of the fall or more is left.
  expect(
    said({
      Bills: fallen,
      Meters: [
        [16, 20],
        [12, 20],
      ],
    }),
  ).toBe('');
  expect(
    said({
      Bills: steady,
      Meters: fallen,
      Other: [
        [8, 10],
        [3, 10],
      ],
    }),
  ).toBe('');
  // It has risen.
  expect(
    said({
      Bills: [
        [2, 10],
        [8, 10],
      ],
      Meters: steady,
    }),
  ).toBe('');
  // More calls of a weak topic, each as before.
  expect(
    said({
      Bills: [
        [2, 5],
        [8, 20],
      ],
      Meters: steady,
    }),
  ).toBe(
    ' Without the 20 calls about Bills the share that passed would have stayed level, instead of falling by 12 points.',
  );
});

it('says nothing below minimum n of the topic or of all others, and names no topic that is not told apart', () => {
  const fallen: Drawn[string] = [
    [4, 4],
    [0, 6],
  ];
  expect(
    said({
      Bills: fallen,
      Meters: [
        [16, 20],
        [16, 20],
      ],
    }),
  ).toBe('');
  expect(
    said(
      {
        Bills: fallen,
        Meters: [
          [16, 20],
          [16, 20],
        ],
      },
      4,
    ),
  ).not.toBe('');
  expect(
    said({
      Bills: [
        [16, 20],
        [2, 20],
      ],
      Meters: [
        [3, 4],
        [3, 4],
      ],
    }),
  ).toBe('');
  expect(
    said({
      Rare: [
        [8, 10],
        [2, 10],
      ],
      Meters: [
        [16, 20],
        [16, 20],
      ],
    }),
  ).toBe('');
});
