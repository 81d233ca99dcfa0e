import { printError } from '../../../generator/lib/console.ts';
import { messageOf, stackOf } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';
import { isNoAnswer } from '../content/time-limit.ts';
import type { Reply } from '../http/reply.ts';
import { answerWith } from '../notices/notice.ts';
import { unavailable } from '../notices/notices.ts';
import type { Answering, Asked } from './asked.ts';

/** What a request gets that failed where nobody expected it; whoever runs the gate is told where. */
export function failure(error: unknown, { line }: Pick<Answering, 'line'>, { headers, addresses }: Asked): Reply {
  const said = isNoAnswer(error) ? [messageOf(error)] : stackOf(error);
  for (const each of said) printError(say`gate: ${line.path}: ${each}`);
  return answerWith(unavailable(), headers, addresses);
}
