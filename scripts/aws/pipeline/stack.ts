import { type App, CfnOutput, Stack } from '../cdk.ts';
import { pipelineBuckets, pipelineKey } from './buckets.ts';
import { functions, TIMEOUTS } from './functions.ts';
import { givePipelineParameters } from './parameters.ts';
import { queues } from './queues.ts';

/**
 * The pipeline in AWS, from recordings to what the reports read: four functions, their queues and rules.
 * @param buckets whether they are there already, or are made too, with a key
 */
export function pipelineStack(
  app: InstanceType<typeof App>,
  id: string,
  buckets: 'existing' | 'make',
): InstanceType<typeof Stack> {
  const stack = new Stack(app, id, {
    description: 'CCI Lite: the pipeline from recordings to results.',
    analyticsReporting: false,
  });
  const given = givePipelineParameters(stack, buckets === 'make');
  const key = buckets === 'make' ? pipelineKey(stack).attrArn : undefined;
  if (key !== undefined) {
    pipelineBuckets(stack, given, key);
    new CfnOutput(stack, 'KeyArnMade', { description: 'PipelineKeyArn of the stack of the reports.', value: key });
  }
  functions(stack, given, queues(stack, given, TIMEOUTS), key);
  return stack;
}
