/** What `doctor` and `pipeline plan` ask AWS beside the rights that the documents give them, and the names that they look for beside those of the stack. */
import { expect, it } from 'vitest';
import { lookAtPipeline } from '../../../generator/pipeline/aws/look.ts';
import { namesOf } from '../../../generator/pipeline/aws/names.ts';
import { takenNames } from '../../../generator/pipeline/aws/taken.ts';
import { ACCOUNT, arn, awsDouble, REGION } from '../../../generator/pipeline/aws/testing/aws-double.ts';
import { ownWorld } from '../../../generator/pipeline/aws/testing/aws-world.ts';
import type { Statement } from '../rights.ts';
import type { Template } from '../synthesize.ts';
import { evaluate } from '../testing/evaluate.ts';
import { allows, covers, type Use } from '../testing/iam.ts';
import { LOOK_PLACEHOLDERS, lookRights } from './rights.ts';
import { pipelineFiles } from './synthesize.ts';

const BUCKETS = ['INPUT', 'RESULTS', 'CONFIG'];
const RIGHTS = lookRights(
  JSON.parse(JSON.stringify(LOOK_PLACEHOLDERS).replaceAll('REGION', REGION).replaceAll('ACCOUNT', ACCOUNT)),
) as Statement[];

async function usesOfAll(): Promise<Use[]> {
  const world = ownWorld();
  world.schedules.push({
    name: 'x',
    state: 'ENABLED',
    when: 'rate(1 hours)',
    target: arn('lambda', 'function:cci-lite-analyser'),
  });
  await using double = await awsDouble(world);
  await lookAtPipeline('cci-lite', { env: double.env }, ['cci-lite/oak/acme']);
  await takenNames('cci-lite', { env: double.env }, BUCKETS);
  return double.uses;
}

it('asks nothing without a right, and has no right that it does not use', async () => {
  const uses = await usesOfAll();
  expect(uses.filter((use) => !allows(RIGHTS, use))).toEqual([]);
  const unused = RIGHTS.flatMap((right) =>
    right.Action.filter((action) => !uses.some((use) => use.action === action && covers(right, use))),
  );
  expect(unused).toEqual([]);
});

it('may change nothing, and reads neither a value of a secret nor a message', () => {
  const actions = RIGHTS.flatMap(({ Action }) => Action);
  expect(actions.filter((action) => !/:(?:Get|List|Describe)/.test(action))).toEqual([]);
  expect(actions.filter((action) => /SecretValue|ReceiveMessage|GetObject/.test(action))).toEqual([]);
});

it('looks for the very names that the stack gives', () => {
  const template = JSON.parse(pipelineFiles()['pipeline/template.json'] ?? '') as Template;
  const given = {
    InputBucketName: 'input',
    ResultsBucketName: 'results',
    ConfigBucketName: 'config',
    CodeBucketName: 'code',
    CodeKey: 'x.zip',
  };
  const made = Object.values(evaluate(template, { ...given, Name: 'calls' }));
  const names = (type: string, property: string) =>
    made.flatMap(({ Type, Properties }) => (Type === type ? [String(Properties[property])] : [])).sort();
  const { functions, logs, queues, rules, roles } = namesOf('calls');
  expect(names('AWS::Lambda::Function', 'FunctionName')).toEqual([...functions].sort());
  expect(names('AWS::Logs::LogGroup', 'LogGroupName')).toEqual([...logs].sort());
  expect(names('AWS::SQS::Queue', 'QueueName')).toEqual([...queues].sort());
  expect(names('AWS::Events::Rule', 'Name')).toEqual([...rules].sort());
  expect(names('AWS::IAM::Role', 'RoleName')).toEqual([...roles].sort());
});
