import { describe, expect, it } from 'vitest';
import type { Sentiment, SentimentScorer, Turn } from '../../ports.ts';
import { HOSTILE_TEXTS } from './hostile-texts.ts';
import { running, SAMPLE_TURNS, stopped } from './sample.ts';

export interface ScorerUnderTest {
  scorer: SentimentScorer;
  /** A language that it does not know. */
  unknown: string;
  close?(): Promise<void>;
}

/** What every scorer of sentiment must do. @param open anew for each test */
export function sentimentConformance(name: string, open: () => Promise<ScorerUnderTest>): void {
  const use = async (work: (under: ScorerUnderTest) => Promise<void>) => {
    const under = await open();
    try {
      await work(under);
    } finally {
      await under.close?.();
    }
  };

  describe(`sentiment ${name}`, () => {
    it('says its name and its settings, which are JSON', () =>
      use(async ({ scorer }) => {
        expect(scorer.name).toMatch(/^[a-z0-9][a-z0-9 -]*$/);
        expect(JSON.parse(JSON.stringify(scorer.settings))).toEqual(scorer.settings);
      }));

    it('gives a label and four shares of one', () =>
      use(async ({ scorer }) => {
        await expectScored(scorer, SAMPLE_TURNS);
      }));

    it('gives the same for the same', () =>
      use(async ({ scorer }) => {
        const once = await scorer.score(SAMPLE_TURNS, 'en-US', running());
        expect(await scorer.score(SAMPLE_TURNS, 'en-US', running())).toEqual(once);
      }));

    it('says that it has analysed nothing where nothing is said', () =>
      use(async ({ scorer }) => {
        for (const turns of [[], [{ speaker: 'agent', start: 0, end: 1, text: ' \n ' }] as Turn[]])
          expect(await scorer.score(turns, 'en-US', running())).toEqual({ notAnalysed: expect.stringMatching(/\w/) });
      }));

    it('says that it does not know a language', () =>
      use(async ({ scorer, unknown }) => {
        const outcome = await scorer.score(SAMPLE_TURNS, unknown, running());
        expect(outcome).toEqual({ notAnalysed: expect.stringContaining(unknown) });
      }));

    it('takes any text that a person may say', () =>
      use(async ({ scorer }) => {
        for (const text of HOSTILE_TEXTS) {
          const outcome = await scorer.score([{ speaker: 'customer', start: 0, end: 1, text }], 'en-US', running());
          if ('sentiment' in outcome) expectShares(outcome.sentiment);
        }
      }));

    it('does nothing once it is stopped', () =>
      use(async ({ scorer }) => {
        await expect(scorer.score(SAMPLE_TURNS, 'en-US', stopped())).rejects.toThrow();
      }));
  });
}

async function expectScored(scorer: SentimentScorer, turns: readonly Turn[]): Promise<void> {
  const outcome = await scorer.score(turns, 'en-US', running());
  if (!('sentiment' in outcome)) throw new Error(outcome.notAnalysed);
  expect(outcome.units).toBeGreaterThanOrEqual(0);
  expectShares(outcome.sentiment);
}

function expectShares({ overall, positive, neutral, negative, mixed }: Sentiment): void {
  expect(['positive', 'neutral', 'negative', 'mixed']).toContain(overall);
  const shares = [positive, neutral, negative, mixed];
  for (const share of shares) expect(share >= 0 && share <= 1).toBe(true);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
}
