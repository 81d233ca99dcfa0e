import domino from '@mixmark-io/domino';
import { describe, expect, it } from 'vitest';
import type { RuleExample, RuleLine } from '#shared/view.ts';
import { withQuotes } from './quotes.ts';

const rule: RuleLine = {
  ...{ id: 'asks first', name: 'Asks first', critical: false },
  ...{ evaluated: 9, passed: 3, before: { evaluated: 0, passed: 0 } },
};
const examples = Array.from({ length: 6 }, (_, i): RuleExample => ({ href: `/calls/c${i}/`, id: `c${i}`, day: null }));

/** The page of a call as far as its rules go. @param body of the rule's entry */
const pageOf = (body: string): Document =>
  domino.createDocument(
    `<section class="rail"><ol><li><div class="rail-head"><b> Says hello </b></div></li>
     <li><div class="rail-head"><b> Asks first <span class="tag">critical</span></b></div><div class="rail-body">${body}</div></li></ol></section>`,
  );
const NOTHING = '<p class="note">No quote was given for this rule, so no turn is marked.</p>';
const NOTE = '<p> <span class="quiet">Coach note</span> Ask before advising. </p>';
const QUOTE = '<p class="quote"> <span>“Well, do this”</span> <a href="#t-3">turn 3</a></p>';

describe('notes and quotes of a rule', () => {
  it('come from the first calls that have some, and no more pages are read than that takes', async () => {
    const bodies = [NOTHING, NOTE, QUOTE + NOTE, NOTE, NOTE, NOTE];
    const read: string[] = [];
    const [found] = await withQuotes([{ rule, examples, quotes: 'awaited' }], async (path) => {
      read.push(path);
      return pageOf(bodies[Number(path.at(8))] ?? '');
    });
    expect(found).toEqual({
      rule,
      examples: [
        { id: 'c1', day: null, href: '/calls/c1/#q-2', coachNote: 'Ask before advising.' },
        { id: 'c2', day: null, href: '/calls/c2/#q-2', coachNote: 'Ask before advising.', evidence: 'Well, do this' },
      ],
    });
    expect(read).toEqual(['/calls/c0/', '/calls/c1/', '/calls/c2/']);
  });

  it('are none where none of the calls has any', async () => {
    const [found] = await withQuotes([{ rule, examples, quotes: 'awaited' }], async () => pageOf(NOTHING));
    expect(found).toEqual({ rule, examples: [] });
  });

  it('are told to be missing for the rule whose page cannot be had, and for no other', async () => {
    const other = { ...rule, id: 'says hello', name: 'Says hello' };
    const found = await withQuotes(
      [
        { rule, examples, quotes: 'awaited' },
        { rule: other, examples: examples.slice(4, 5), quotes: 'awaited' },
      ],
      (path) => (path === '/calls/c0/' ? Promise.reject(new Error('gone')) : Promise.resolve(pageOf(NOTHING))),
    );
    expect(found).toEqual([
      { rule, examples: examples.slice(0, 2), quotes: 'missing' },
      { rule: other, examples: [] },
    ]);
  });
});
