import { z } from 'zod';
import { wordsOf } from '#shared/search/terms.ts';
import { custom, text } from './spec-parts.ts';

/** All of them are told apart, so no more than a table can show. */
const MOST = 50;
const MOST_WORDINGS = 50;

const wording = text().superRefine(
  custom((value) =>
    wordsOf(value).length === 0 ? 'has no word that anybody could say: write letters or digits' : undefined,
  ),
);

/** `phrases` of `report-config.json`. */
export const Phrases = z
  .array(
    z.strictObject({
      name: text(80).describe('Name of the phrase, as readers see it.'),
      any: z
        .array(wording)
        .min(1)
        .max(MOST_WORDINGS)
        .describe('Wordings of it: a call has the phrase if a turn of its transcript says one of them, word by word.'),
    }),
  )
  .max(MOST)
  .refine(
    (phrases) => new Set(phrases.map(({ name }) => name)).size === phrases.length,
    'is not right: two phrases have the same name',
  );

/** A phrase whose calls are counted. */
export type CountedPhrase = z.output<typeof Phrases>[number];
