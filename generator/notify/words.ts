import { issueOf } from '../digest/schedule/issue.ts';
import { issueWords } from '../digest/schedule/issue-words.ts';
import { oneLine, type Printable, say } from '../lib/printable.ts';
import { counted } from '../lib/words.ts';
import { ALL, type Change } from './changes.ts';

/** Changes that are said one by one; the others are counted. */
const SAID = 40;

/**
 * A notice in words: a headline, then a line for each change. It has ids of organizations, counts, days and times, and nothing of any
 * call, recipient or reason: `status` and `digest log` say more to those who may read it.
 */
export function noticeText(changes: readonly Change[]): string {
  const lines = changes.slice(0, SAID).map(sentence);
  const more = changes.length - lines.length;
  return [headline(changes), ...lines, ...(more > 0 ? [say`And ${more} more: run status and digest log.`] : [])].join(
    '\n',
  );
}

/** The first line: what a mail has as its subject. */
export function headline(changes: readonly Change[]): Printable {
  const troubles = changes.filter(({ state }) => state === 'trouble').length;
  const over = changes.length - troubles;
  const parts = [
    ...(troubles > 0 ? [counted(troubles, 'problem')] : []),
    ...(over > 0 ? [say`${over} in order again`] : []),
  ];
  return say`CCI Lite Reports: ${oneLine(parts, ', ')}`;
}

function sentence({ organization: org, subject, state, since = '', refused, digests = {} }: Change): Printable {
  const isOver = state === 'ok';
  switch (subject) {
    case 'build':
      return isOver
        ? say`${org}: its runs succeed again.`
        : say`${org}: its last run failed. status --org ${org} says why.`;
    case 'calls':
      return isOver
        ? say`${org}: calls arrive again; the newest began ${minute(since)}.`
        : say`${org}: it stands still: the newest call began ${minute(since)}, longer ago than is usual there. Check whether the pipeline still writes to the results store.`;
    case 'refused':
      return isOver
        ? say`${org}: refused objects no longer rise; they are ${refused?.to ?? 0}.`
        : say`${org}: refused objects jumped from ${refused?.from ?? 0} to ${refused?.to ?? 0}. status --org ${org} and the page /about/ say why.`;
    case 'dead':
      return isOver
        ? say`${org}: calls that the pipeline has put aside no longer rise; they are ${refused?.to ?? 0}.`
        : say`${org}: calls that the pipeline has put aside jumped from ${refused?.from ?? 0} to ${refused?.to ?? 0}. pipeline status --org ${org} and the page /about/ say why.`;
    case 'digests':
      return isOver
        ? say`${org}: its digests go out again. What stayed unknown or failed is in digest log --org ${org}.`
        : say`${org}: ${Object.entries(digests).map(digestWords)}. digest log --org ${org} says which.`;
  }
}

/** "the digest of the week up to 2026-03-29: 2 failed". */
function digestWords([key, n]: [string, number]): string {
  if (key === ALL) return 'its digests could not be looked at';
  const [name = '', ...state] = key.split(' ');
  const issue = issueOf(name);
  return `digests about ${issue ? issueWords(issue) : name}: ${n} ${state.join(' ')}`;
}

const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;
