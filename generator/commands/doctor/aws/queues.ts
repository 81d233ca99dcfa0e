import { say } from '../../../lib/printable.ts';
import { counted } from '../../../lib/words.ts';
import type { PipelineLook, QueueLook } from '../../../pipeline/aws/look.ts';
import { queueIn } from '../../../pipeline/aws/queues.ts';
import { type Finding, ok, warning } from '../finding.ts';

const CHECK = 'aws: queues';

/** Whether messages were given up, whether they could be, and whether somebody takes them. */
export function queueFindings({ functions, queues }: PipelineLook): Finding[] {
  if (queues.length === 0) return [];
  const dead = new Set([
    ...queues.flatMap((queue) => (queue.dead === undefined ? [] : [queueIn(queue.dead)])),
    ...functions.flatMap((each) => (each.dead === undefined ? [] : [queueIn(each.dead)])),
  ]);
  const heard = new Set(functions.flatMap(({ starts }) => starts.queues.map(({ name }) => name)));
  const isHeardKnown = functions.length > 0 && functions.every(({ starts }) => starts.isWhole);
  const isDead = ({ name }: QueueLook): boolean => dead.has(name) || /-(?:dead|dlq)$/.test(name);
  const findings = queues.flatMap((queue): Finding[] => {
    if (isDead(queue)) return givenUp(queue);
    return [
      ...(queue.dead === undefined ? [withoutDead(queue)] : []),
      ...(isHeardKnown && !heard.has(queue.name) ? [unheard(queue)] : []),
    ];
  });
  if (findings.length > 0) return findings;
  const live = queues.filter((queue) => !isDead(queue));
  const waiting = live.reduce((sum, { messages }) => sum + messages, 0);
  return [
    ok(
      CHECK,
      say`${counted(live.length, 'queue')}: about ${counted(waiting, 'message')} ${waiting === 1 ? 'waits' : 'wait'}, and none was given up.`,
    ),
  ];
}

const givenUp = ({ name, messages }: QueueLook): Finding[] =>
  messages === 0
    ? []
    : [
        warning(
          CHECK,
          say`About ${counted(messages, 'message')} ${messages === 1 ? 'was' : 'were'} given up and ${messages === 1 ? 'lies' : 'lie'} in ${name}. The log of the function that takes them says why.`,
        ),
      ];

const withoutDead = ({ name }: QueueLook): Finding =>
  warning(
    CHECK,
    say`The queue ${name} has no dead-letter queue: a message that always fails is tried until it is too old, and then lost. Give it one.`,
  );

const unheard = ({ name, messages }: QueueLook): Finding =>
  warning(
    CHECK,
    say`No function takes messages from the queue ${name}, in which about ${messages} ${messages === 1 ? 'waits' : 'wait'}. Make it the trigger of its function, or delete it.`,
  );
