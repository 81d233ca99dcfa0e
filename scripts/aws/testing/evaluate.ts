/** What CloudFormation makes of a template, as far as ours goes: conditions, references and joined texts. For tests. */
import type { Template } from '../synthesize.ts';

const PSEUDO: { [name: string]: unknown } = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::AccountId': '123456789012',
  'AWS::StackName': 'reports',
  'AWS::NoValue': undefined,
};

export interface Made {
  Type: string;
  Properties: { [name: string]: unknown };
}

/** What is made of one resource. @throws where it is not made */
export function propertiesOf(made: { [id: string]: Made }, id: string): { [name: string]: unknown } {
  const found = made[id];
  if (!found) throw new Error(`${id} is not made`);
  return found.Properties;
}

/** @param given values of parameters; the others have their defaults @returns resources that are made, with what their properties come to */
export function evaluate(template: Template, given: { [name: string]: unknown }): { [id: string]: Made } {
  const parameter = (name: string) => {
    const value = given[name] ?? template.Parameters[name]?.Default;
    return template.Parameters[name]?.Type === 'CommaDelimitedList' ? String(value).split(',') : value;
  };
  const holds = (expression: unknown): boolean => {
    const [[name, value]] = Object.entries(expression as { [name: string]: unknown }) as [[string, unknown]];
    const all = [value].flat();
    if (name === 'Condition') return holds(template.Conditions[String(value)]);
    if (name === 'Fn::Not') return !holds(all[0]);
    if (name === 'Fn::And') return all.every(holds);
    if (name === 'Fn::Or') return all.some(holds);
    if (name === 'Fn::Equals') return resolve(all[0]) === resolve(all[1]);
    throw new Error(`not known here: ${name}`);
  };
  const referred = (name: string) =>
    name in PSEUDO ? PSEUDO[name] : name in template.Parameters ? parameter(name) : `ref:${name}`;
  const functions: { [name: string]: (value: never) => unknown } = {
    'Fn::GetAtt': ([id, attribute]: [string, string]) => attributeOf(id, attribute),
    'Fn::If': ([name, yes, no]: [string, unknown, unknown]) => resolve(holds(template.Conditions[name]) ? yes : no),
    'Fn::Join': ([between, parts]: [string, unknown[]]) => (resolve(parts) as unknown[]).join(between),
    'Fn::Select': ([at, list]: [number, unknown]) => (resolve(list) as unknown[])[Number(at)],
    'Fn::Split': ([between, text]: [string, unknown]) => String(resolve(text)).split(between),
  };
  const attributeOf = (id: string, attribute: string): string => {
    const { Type = '', Properties = {} } = template.Resources[id] ?? {};
    if (Type === 'AWS::S3::Bucket' && attribute === 'Arn') return `arn:aws:s3:::${resolve(Properties.BucketName)}`;
    if (Type === 'AWS::SQS::Queue' && attribute === 'Arn')
      return `arn:aws:sqs:eu-central-1:123456789012:${resolve(Properties.QueueName)}`;
    if (Type === 'AWS::Lambda::Url') return `https://${id.toLowerCase()}.lambda-url.eu-central-1.on.aws/`;
    return `${id}.${attribute}`;
  };
  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve).filter((each) => each !== undefined);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [[name, inner]] = entries as [[string, never]];
    if (entries.length === 1 && name === 'Ref') return referred(inner);
    const work = entries.length === 1 ? functions[name] : undefined;
    if (work) return work(inner);
    return Object.fromEntries(
      entries.map(([key, each]) => [key, resolve(each)] as const).filter(([, each]) => each !== undefined),
    );
  }
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || holds(template.Conditions[Condition]))
      .map(([id, { Type, Properties }]) => [id, { Type, Properties: resolve(Properties ?? {}) as Made['Properties'] }]),
  );
}
