import { codeBucket, pipelineBuckets, reportsBucket } from './buckets.ts';
import { type App, CfnOutput, Stack } from './cdk.ts';
import { type GateCode, gate } from './gate.ts';
import { mail } from './mail.ts';
import { giveParameters } from './parameters.ts';
import { workflowRoles } from './roles.ts';
import { trigger } from './trigger.ts';

export interface StackOptions {
  /** Whether the buckets of the pipeline are made too, or are there already and named by parameters. */
  pipeline: 'make' | 'existing';
  /** Where the code of the gate lies; absent: as the parameters say. Only an app of CDK can put it somewhere. */
  code?: (stack: InstanceType<typeof Stack>) => GateCode;
}

/** Everything in AWS that the reports need, in one stack. Its template asks nothing of an account, and is the same on every machine. */
export function reportsStack(
  app: InstanceType<typeof App>,
  id: string,
  { pipeline, code }: StackOptions,
): InstanceType<typeof Stack> {
  const stack = new Stack(app, id, {
    description: 'CCI Lite Reports: the reports bucket, roles, the trigger of builds, mail and the gate.',
    analyticsReporting: false,
  });
  // An app that has the code needs no key of it.
  const given = giveParameters(stack, code ? { GateCodeKey: 'gate.zip' } : {});
  const reports = reportsBucket(stack, given);
  codeBucket(stack, given);
  if (pipeline === 'make') pipelineBuckets(stack, given);
  const roles = workflowRoles(stack, given);
  trigger(stack, given);
  mail(stack, given, reports);
  gate(stack, given, code?.(stack) ?? { s3Bucket: given.value('CodeBucketName'), s3Key: given.value('GateCodeKey') });
  new CfnOutput(stack, 'GeneratorRoleArn', {
    description: 'CCI_AWS_ROLE of the environment that builds and sends.',
    value: roles.generator.attrArn,
  });
  new CfnOutput(stack, 'CiRoleArn', {
    description: 'The role of the environment that deploys the gate.',
    value: roles.ci.attrArn,
  });
  return stack;
}
