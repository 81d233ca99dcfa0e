import type { Construct } from 'constructs';
import { DEFAULT_NAME } from '../../../generator/pipeline/aws/names.ts';
import { PIPELINE_NAME } from '../../../generator/settings/checks.ts';
import { type CfnCondition, Fn } from '../cdk.ts';
import {
  ARN_OR_NONE,
  addConditions,
  addParameters,
  BUCKET,
  LOG_DAYS,
  type Parameter,
  TOPIC_OR_NONE,
} from '../template-parts.ts';

/** Every parameter of the pipeline's template, in the order in which the console asks for them. */
const PARAMETERS = {
  Name: {
    about: 'Begins the names of functions, roles, queues and rules',
    default: DEFAULT_NAME,
    pattern: PIPELINE_NAME,
  },
  InputBucketName: { about: 'The bucket of recordings and what is known of them', pattern: BUCKET },
  ResultsBucketName: { about: 'The bucket of results', pattern: BUCKET },
  ConfigBucketName: { about: 'The bucket of the configurations', pattern: BUCKET },
  KeyArn: {
    about: 'The KMS key of these buckets; empty: they have none of their own',
    default: '',
    pattern: ARN_OR_NONE,
  },
  CodeBucketName: { about: 'The bucket in which the zip of the functions lies', pattern: BUCKET },
  CodeKey: { about: 'The key of that zip, such as pipeline-1.zip', pattern: '^[^ ]+\\.zip$' },
  Minutes: { about: 'Minutes between two looks for new recordings', default: 15, least: 5 },
  ModelArns: {
    about: 'ARNs of the inference profile and the models of Bedrock that judge calls, with commas; empty: none may',
    default: '',
    isList: true,
  },
  AnalyserAtOnce: { about: 'Calls that are judged at once', default: 2, least: 2 },
  LogDays: LOG_DAYS,
  AlarmTopicArn: {
    about: 'The SNS topic that is told where recordings are not taken or messages are put aside; empty: nobody is told',
    default: '',
    pattern: TOPIC_OR_NONE,
  },
} as const satisfies { [name: string]: Parameter };

type Name = keyof typeof PARAMETERS;

/** Values of the parameters, as tokens, and the conditions that follow from them. */
export interface PipelineGiven {
  value(name: Name): string;
  number(name: Name): number;
  list(name: 'ModelArns'): string[];
  condition(name: 'Key' | 'Models' | 'Alarms'): InstanceType<typeof CfnCondition>;
}

/** Add all parameters and conditions to a stack. @param makesKey the key of the buckets is made and not named */
export function givePipelineParameters(scope: Construct, makesKey: boolean): PipelineGiven {
  const { KeyArn, ...others } = PARAMETERS;
  const known = addParameters<Name>(scope, (makesKey ? others : PARAMETERS) as { [name in Name]: Parameter });
  const isGiven = (value: string) => Fn.conditionNot(Fn.conditionEquals(value, ''));
  return {
    value: (name) => known(name).valueAsString,
    number: (name) => known(name).valueAsNumber,
    list: (name) => known(name).valueAsList,
    condition: addConditions(scope, {
      ...(!makesKey && { Key: isGiven(known('KeyArn').valueAsString) }),
      Models: isGiven(Fn.join('', known('ModelArns').valueAsList)),
      Alarms: isGiven(known('AlarmTopicArn').valueAsString),
    }),
  };
}
