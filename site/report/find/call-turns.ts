import type { SpokenTurn } from './snippet.ts';
import { wordsIn } from './words-in.ts';

/** The turns of a call, read from its page as `turnsMarkup` wrote it. */
export const turnsOf = (page: Document): SpokenTurn[] =>
  Array.from(page.querySelectorAll('.turn'), (turn) => {
    const text = turn.querySelector('.said')?.textContent?.trim() ?? '';
    return { id: turn.id, who: turn.querySelector('.who')?.textContent?.trim() ?? '', text, words: wordsIn(text) };
  });
