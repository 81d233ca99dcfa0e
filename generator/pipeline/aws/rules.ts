import { DescribeRuleCommand, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import { GetScheduleCommand, ListSchedulesCommand } from '@aws-sdk/client-scheduler';
import { type Ask, allPages, isThere, listed, type Seen } from './ask.ts';
import type { Clients } from './clients.ts';

/** A rule of EventBridge, or a schedule of its scheduler. */
export interface RuleSeen {
  kind: 'rule' | 'schedule';
  name: string;
  isOn: boolean;
  /** When it is due, such as "rate(15 minutes)"; absent: it waits for events. */
  when?: string;
}

const EVENTS = 'Amazon EventBridge';
const SCHEDULER = 'Amazon EventBridge Scheduler';

/** A rule by its name. */
export const ruleOf = (ask: Ask, { events }: Clients, name: string): Promise<Seen<RuleSeen>> =>
  ask('events:DescribeRule', EVENTS, async () => {
    const { State = 'ENABLED', ScheduleExpression: when } = await events.send(new DescribeRuleCommand({ Name: name }));
    return { kind: 'rule', name, isOn: State !== 'DISABLED', ...(when && { when }) };
  });

/** Rules that something is a target of. @param target ARN of a function or a queue */
export async function rulesTo(ask: Ask, clients: Clients, target: string): Promise<Seen<RuleSeen[]>> {
  const names = await ask('events:ListRuleNamesByTarget', EVENTS, () =>
    allPages(async (NextToken) => {
      const page = await clients.events.send(new ListRuleNamesByTargetCommand({ TargetArn: target, NextToken }));
      return { items: page.RuleNames, next: page.NextToken };
    }),
  );
  if (names === 'unseen') return names;
  const rules = await Promise.all(listed(names).map((name) => ruleOf(ask, clients, name)));
  return rules.includes('unseen') ? 'unseen' : rules.filter(isThere);
}

/** Schedules with one of these targets, by target. @param targets ARNs of functions */
export async function schedulesTo(
  ask: Ask,
  { scheduler }: Clients,
  targets: readonly string[],
): Promise<Seen<Map<string, RuleSeen[]>>> {
  const all = await ask('scheduler:ListSchedules', SCHEDULER, () =>
    allPages(async (NextToken) => {
      const page = await scheduler.send(new ListSchedulesCommand({ MaxResults: 100, NextToken }));
      return { items: page.Schedules, next: page.NextToken };
    }),
  );
  if (all === 'unseen') return all;
  const found = new Map<string, RuleSeen[]>();
  for (const { Name = '', GroupName, State, Target } of listed(all)) {
    const target = targets.find((each) => each === Target?.Arn);
    if (target === undefined) continue;
    const when = await ask('scheduler:GetSchedule', SCHEDULER, async () => {
      const { ScheduleExpression } = await scheduler.send(new GetScheduleCommand({ Name, GroupName }));
      return ScheduleExpression;
    });
    const isKnown = when !== undefined && isThere(when);
    const rule: RuleSeen = { kind: 'schedule', name: Name, isOn: State !== 'DISABLED', ...(isKnown && { when }) };
    found.set(target, [...(found.get(target) ?? []), rule]);
  }
  return found;
}
