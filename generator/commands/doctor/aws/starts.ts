import { say } from '../../../lib/printable.ts';
import type { FunctionLook, PipelineLook } from '../../../pipeline/aws/look.ts';
import type { RuleSeen } from '../../../pipeline/aws/rules.ts';
import { type Finding, ok, warning } from '../finding.ts';

const SCHEDULE = 'aws: schedule';
const TRIGGERS = 'aws: triggers';

/** Rules and schedules: those that are switched off, and those that are due by the clock. */
export function scheduleFindings({ functions, queues }: PipelineLook): Finding[] {
  const all = [
    ...functions.flatMap(({ name, starts }) => starts.rules.map((rule) => ({ rule, what: `start ${name}` }))),
    ...queues.flatMap(({ name, rules }) => rules.map((rule) => ({ rule, what: `fill the queue ${name}` }))),
  ];
  return all.flatMap(({ rule, what }) => {
    if (!rule.isOn)
      return warning(
        SCHEDULE,
        say`${titleOf(rule)} is DISABLED, so it does not ${what}. Enable it in the console of Amazon EventBridge, or delete it if something else does its work.`,
      );
    return rule.when === undefined ? [] : ok(SCHEDULE, say`${titleOf(rule)} is enabled, to ${what}.`);
  });
}

const titleOf = ({ kind, name, when }: RuleSeen): string =>
  `The ${kind} ${name}${when === undefined ? '' : `, ${when},`}`;

/** Whether something starts each function. */
export function triggerFindings({ functions }: PipelineLook): Finding[] {
  if (functions.length === 0) return [];
  const off = functions.flatMap(({ name, starts }) =>
    starts.queues
      .filter(({ isOn }) => !isOn)
      .map((queue) =>
        warning(
          TRIGGERS,
          say`The queue ${queue.name} does not start ${name}: that event source mapping is disabled. Enable it in the console of AWS Lambda.`,
        ),
      ),
  );
  const unstarted = functions.filter(isUnstarted).map(({ name }) => name);
  if (unstarted.length === functions.length && functions.length > 1)
    return [
      warning(
        TRIGGERS,
        say`Nothing starts any function of the pipeline, so no call is worked on by itself: ${unstarted} have no queue, rule, schedule or service of AWS that would. Give each its trigger (docs/aws.md, “The pipeline”).`,
      ),
      ...off,
    ];
  const findings = [
    // What is switched off has been told of.
    ...functions
      .filter((each) => isUnstarted(each) && !hasAny(each))
      .map(({ name }) =>
        warning(
          TRIGGERS,
          say`Nothing starts ${name}: it has no queue, rule, schedule or service of AWS that would. Give it its trigger (docs/aws.md, “The pipeline”).`,
        ),
      ),
    ...off,
  ];
  if (findings.length > 0 || !functions.every(({ starts }) => starts.isWhole)) return findings;
  return [ok(TRIGGERS, say`Something starts each function: ${functions.map(startedBy)}.`)];
}

const isUnstarted = ({ starts: { queues, rules, callers, isWhole } }: FunctionLook): boolean =>
  isWhole && callers.length === 0 && ![...queues, ...rules].some(({ isOn }) => isOn);

const hasAny = ({ starts: { queues, rules } }: FunctionLook): boolean => queues.length + rules.length > 0;

function startedBy({ name, starts: { queues, rules, callers } }: FunctionLook): string {
  const by = [...queues, ...rules].filter(({ isOn }) => isOn).map((each) => each.name);
  return `${name} by ${[...by, ...callers].join(' and ')}`;
}
