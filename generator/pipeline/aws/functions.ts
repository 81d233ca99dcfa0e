import {
  GetFunctionConcurrencyCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { type Ask, allPages, type Seen } from './ask.ts';
import type { Clients } from './clients.ts';
import { FUNCTIONS, logOf } from './names.ts';

/** A function, as far as it says whether it can work. Of its variables nothing is kept. */
export interface FunctionSeen {
  name: string;
  arn: string;
  /** Of this program, and not of another pipeline with these names. */
  isOurs: boolean;
  runtime: string; // e.g., "python3.12"
  /** Day on which code or settings changed last, such as 2026-11-20; absent where it does not say. */
  changed?: string;
  state: string; // e.g., "Active"
  /** How its last update ended, such as "Failed". */
  update: string;
  /** Where it writes its log. */
  log: string;
  /** The queue of calls of it that were given up, where it has one. */
  dead?: string;
}

const LAMBDA = 'AWS Lambda';

/** The function of a name. */
export const functionOf = (ask: Ask, { lambda }: Clients, name: string): Promise<Seen<FunctionSeen>> =>
  ask('lambda:GetFunctionConfiguration', LAMBDA, async () => {
    const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    const { FunctionArn = '', Runtime = 'an image', Handler = '', LastModified = '' } = found;
    const dead = found.DeadLetterConfig?.TargetArn;
    return {
      name,
      arn: FunctionArn,
      isOurs: Runtime.startsWith('nodejs') && FUNCTIONS.some((each) => Handler === `${each}.handler`),
      runtime: Runtime,
      ...(/^\d{4}-\d\d-\d\d/.test(LastModified) && { changed: LastModified.slice(0, 10) }),
      state: found.State ?? 'Active',
      update: found.LastUpdateStatus ?? 'Successful',
      log: found.LoggingConfig?.LogGroup ?? logOf(name),
      ...(dead && { dead }),
    };
  });

/** Calls of it that may run at once, where that is limited; 0: none may; undefined: no limit of its own. */
export const concurrencyOf = (ask: Ask, { lambda }: Clients, name: string): Promise<Seen<number | undefined>> =>
  ask('lambda:GetFunctionConcurrency', LAMBDA, async () => {
    const found = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name }));
    return found.ReservedConcurrentExecutions;
  });

/** A queue or a stream whose messages start a function. */
export interface MappingSeen {
  /** ARN of the queue. */
  source: string;
  isOn: boolean;
}

/** Its event source mappings. */
export const mappingsOf = (ask: Ask, { lambda }: Clients, name: string): Promise<Seen<MappingSeen[]>> =>
  ask('lambda:ListEventSourceMappings', LAMBDA, async () => {
    const all = await allPages(async (Marker) => {
      const page = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: name, Marker }));
      return { items: page.EventSourceMappings, next: page.NextMarker };
    });
    return all.map(({ EventSourceArn = '', State = '' }) => ({
      source: EventSourceArn,
      isOn: !/^(?:Disabl|Delet)/.test(State),
    }));
  });

/** Services of AWS that may call it, but EventBridge, whose rules are asked for. */
export async function callersOf(ask: Ask, { lambda }: Clients, name: string): Promise<Seen<string[]>> {
  const seen = await ask('lambda:GetPolicy', LAMBDA, async () => {
    const { Policy = '{}' } = await lambda.send(new GetPolicyCommand({ FunctionName: name }));
    const { Statement = [] } = JSON.parse(Policy) as { Statement?: { Effect?: string; Principal?: unknown }[] };
    const services = [Statement].flat().flatMap(({ Effect, Principal }) => {
      const { Service = [] } = Object(Principal) as { Service?: string | string[] };
      return Effect === 'Allow' ? [Service].flat() : [];
    });
    return [...new Set(services)].filter((service) => !service.startsWith('events.'));
  });
  return seen === 'none' ? [] : seen;
}
