import type { Construct } from 'constructs';
import { CfnCondition, CfnParameter, type Fn } from './cdk.ts';

/** One parameter of a template. */
export interface Parameter {
  about: string;
  /** Absent: must be given. */
  default?: string | number;
  pattern?: string;
  values?: string[];
  least?: number;
  /** Several values, with commas between. */
  isList?: true;
}

/** What several parameters must look like. */
export const BUCKET = '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$';
export const ARN_OR_NONE = '^$|^arn:[^ ]+$';
export const TOPIC_OR_NONE = '^$|^arn:[a-z-]+:sns:[^ ]+$';

/** The same in every stack. */
export const LOG_DAYS: Parameter = {
  about: 'Days after which logs of functions are deleted',
  default: 30,
  values: ['7', '14', '30', '60', '90', '180', '365'],
};

/** Add parameters to a stack, in their order. @returns each by its name */
export function addParameters<Name extends string>(
  scope: Construct,
  parameters: { [name in Name]: Parameter },
): (name: Name) => InstanceType<typeof CfnParameter> {
  const all: [string, Parameter][] = Object.entries(parameters);
  return byName(
    'parameter',
    all.map(([name, each]) => [
      name,
      new CfnParameter(scope, name, {
        type: each.isList ? 'CommaDelimitedList' : typeof each.default === 'number' ? 'Number' : 'String',
        description: `${each.about}.`,
        ...(each.default !== undefined && { default: each.default }),
        ...(each.pattern !== undefined && { allowedPattern: each.pattern }),
        ...(each.values && { allowedValues: each.values }),
        ...(each.least !== undefined && { minValue: each.least }),
      }),
    ]),
  );
}

/** Add the condition `Has<name>` to a stack for each expression. @returns each by its name */
export const addConditions = <Name extends string>(
  scope: Construct,
  expressions: { [name in Name]?: ReturnType<typeof Fn.conditionNot> },
): ((name: Name) => InstanceType<typeof CfnCondition>) =>
  byName(
    'condition',
    Object.entries(expressions).map(([name, expression]) => [
      name,
      new CfnCondition(scope, `Has${name}`, { expression: expression as ReturnType<typeof Fn.conditionNot> }),
    ]),
  );

function byName<Part>(kind: string, parts: [string, Part][]): (name: string) => Part {
  const known = new Map(parts);
  return (name) => {
    const found = known.get(name);
    if (!found) throw new Error(`no ${kind} ${name}`);
    return found;
  };
}
