import { type Double, type DoubleAnswer, type DoubleRequest, double } from '../../engines/testing/doubles/server.ts';
import type { JsonObject } from '../../ports.ts';
import type { AwsWorld } from './aws-world.ts';

/** One use of a right, as IAM sees it. */
interface Use {
  action: string;
  resource: string;
}

export interface AwsDouble extends Double {
  world: AwsWorld;
  /** What each request needed, in order. */
  uses: Use[];
  /** For the clients: region, keys and the address of this server. */
  env: NodeJS.ProcessEnv;
  /** Refuse these actions from now on, such as "lambda:GetPolicy". */
  deny(...actions: string[]): void;
}

export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';
/** An ARN of the double's account. */
export const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** Which services say that something is not there in which words. */
const NONE: { [service: string]: [number, string] } = {
  lambda: [404, 'ResourceNotFoundException'],
  events: [400, 'ResourceNotFoundException'],
  scheduler: [404, 'ResourceNotFoundException'],
  sqs: [400, 'com.amazonaws.sqs#QueueDoesNotExist'],
  secretsmanager: [400, 'ResourceNotFoundException'],
  iam: [404, 'NoSuchEntity'],
  s3: [404, 'NoSuchBucket'],
};
const DENIED: { [service: string]: [number, string] } = {
  logs: [400, 'AccessDeniedException'],
  iam: [403, 'AccessDenied'],
};

const serviceOf = ({ headers }: Pick<DoubleRequest, 'headers'>): string =>
  /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';

const LAMBDA = /^\/\d{4}-\d\d-\d\d\/functions\/([^/]+)\/(configuration|concurrency|policy)$/;
const LAMBDA_ACTIONS: { [last: string]: string } = {
  configuration: 'GetFunctionConfiguration',
  concurrency: 'GetFunctionConcurrency',
  policy: 'GetPolicy',
};

/** The right that a request needs, by which it goes here too. */
function actionOf(request: Omit<DoubleRequest, 'action'>): string {
  const service = serviceOf(request);
  const { pathname } = new URL(request.path, 'http://aws');
  const named = (): string => {
    if (service === 'lambda') return LAMBDA_ACTIONS[LAMBDA.exec(pathname)?.[2] ?? ''] ?? 'ListEventSourceMappings';
    if (service === 'scheduler') return pathname === '/schedules' ? 'ListSchedules' : 'GetSchedule';
    if (service === 'iam') return new URLSearchParams(request.body.toString()).get('Action') ?? '';
    if (service === 's3') return request.method === 'HEAD' ? 'ListBucket' : request.method;
    return String(request.headers['x-amz-target']).replace(/^.*\./, '');
  };
  return `${service}:${named()}`;
}

/** Our reading of what AWS tells of the parts of a pipeline, for tests: all its services behind one address. */
export async function awsDouble(world: AwsWorld): Promise<AwsDouble> {
  const uses: Use[] = [];
  const it = await double({
    actionOf,
    answer(request) {
      const { resource, answer } = answerOf(world, request);
      uses.push({ action: request.action, resource });
      if (answer) return answer;
      const [status, code] = NONE[serviceOf(request)] ?? [400, 'UnknownOperationException'];
      return { error: { status, code, message: 'It is not there.' } };
    },
    writeError({ code, message }, request) {
      if (serviceOf(request) === 's3') return { body: '' };
      if (serviceOf(request) !== 'iam') return { body: JSON.stringify({ __type: code, message }) };
      const type = 'text/xml';
      const body = `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      return { headers: { 'content-type': type }, body };
    },
  });
  const services = ['LAMBDA', 'CLOUDWATCH_LOGS', 'EVENTBRIDGE', 'SCHEDULER', 'SQS', 'SECRETS_MANAGER', 'IAM', 'S3'];
  const env = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-example',
    ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, it.url])),
  };
  return {
    ...it,
    world,
    uses,
    env,
    deny(...actions) {
      for (const of of actions) {
        const [status, code] = DENIED[of.split(':')[0] ?? ''] ?? [403, 'AccessDeniedException'];
        it.faults.push({ of, status, code, message: 'User is not authorized.', times: Number.POSITIVE_INFINITY });
      }
    },
  };
}

/** @returns no answer where it is not there */
function answerOf(world: AwsWorld, request: DoubleRequest): { resource: string; answer?: DoubleAnswer } {
  const { pathname, searchParams: query } = new URL(request.path, 'http://aws');
  const [service = '', action = ''] = request.action.split(':');
  const of = (resource: string, json: JsonObject | undefined) => ({ resource, ...(json && { answer: { json } }) });
  if (service === 'lambda') {
    const name = LAMBDA.exec(pathname)?.[1];
    if (name !== undefined) return of(arn('lambda', `function:${name}`), lambdaAnswer(world, action, name));
    const { mappings = [] } = world.functions[query.get('FunctionName') ?? ''] ?? {};
    const EventSourceMappings = mappings.map(({ source, state }) => ({ EventSourceArn: source, State: state }));
    return of('*', { EventSourceMappings });
  }
  if (service === 'scheduler') {
    const { schedules } = world;
    const summary = schedules.map(({ name, state, target }) => ({
      Name: name,
      GroupName: 'default',
      State: state,
      Target: { Arn: target },
    }));
    if (pathname === '/schedules') return of('*', { Schedules: summary });
    const found = schedules.find(({ name }) => pathname === `/schedules/${name}`);
    return of(arn('scheduler', `schedule/default/${found?.name}`), found && { ScheduleExpression: found.when });
  }
  if (service === 'iam') {
    const name = new URLSearchParams(request.body.toString()).get('RoleName') ?? '';
    const resource = `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const text = `<GetRoleResponse><GetRoleResult><Role><Arn>${resource}</Arn></Role></GetRoleResult></GetRoleResponse>`;
    return {
      resource,
      ...(world.roles.includes(name) && { answer: { text, headers: { 'content-type': 'text/xml' } } }),
    };
  }
  if (service === 's3') {
    const name = pathname.slice(1).replace(/\/$/, '');
    const bucket = world.buckets[name];
    const resource = `arn:aws:s3:::${name}`;
    if (bucket === 'closed') return { resource, answer: { error: { status: 403, code: 'AccessDenied', message: '' } } };
    return { resource, ...(bucket && { answer: { text: '', headers: { 'x-amz-bucket-region': bucket } } }) };
  }
  return targetAnswer(world, request, service, action);
}

function lambdaAnswer({ functions }: AwsWorld, action: string, name: string): JsonObject | undefined {
  const found = functions[name];
  if (!found) return undefined;
  if (action === 'GetFunctionConcurrency')
    return found.reserved === undefined ? {} : { ReservedConcurrentExecutions: found.reserved };
  if (action === 'GetPolicy') return found.callers && { Policy: JSON.stringify(policyOf(found.callers)) };
  return {
    FunctionName: name,
    FunctionArn: arn('lambda', `function:${name}`),
    Runtime: found.runtime,
    Handler: found.handler,
    LastModified: '2026-11-20T10:00:00.000+0000',
    State: found.state ?? 'Active',
    LastUpdateStatus: found.update ?? 'Successful',
    // Nobody is to see what is in them.
    Environment: { Variables: { SECRET: 'hunter2' } },
    ...(found.dead && { DeadLetterConfig: { TargetArn: found.dead } }),
  };
}

const policyOf = (callers: readonly string[]): JsonObject => ({
  Statement: callers.map((Service) => ({ Effect: 'Allow', Principal: { Service }, Action: 'lambda:InvokeFunction' })),
});

/** Services whose action stands in a header, and what is asked in JSON. */
function targetAnswer(world: AwsWorld, request: DoubleRequest, service: string, action: string) {
  const asked = JSON.parse(request.body.toString()) as { [name: string]: string };
  const of = (resource: string, json: JsonObject | undefined) => ({ resource, ...(json && { answer: { json } }) });
  if (action === 'DescribeLogGroups') {
    const logs = world.logs.filter(({ name }) => name.startsWith(asked.logGroupNamePrefix ?? ''));
    const logGroups = logs.map(({ name, days }) => ({ logGroupName: name, ...(days && { retentionInDays: days }) }));
    return of(arn('logs', 'log-group::log-stream:'), { logGroups });
  }
  if (action === 'ListRuleNamesByTarget') {
    const RuleNames = world.rules
      .filter(({ targets }) => targets.includes(asked.TargetArn ?? ''))
      .map(({ name }) => name);
    return of('*', { RuleNames });
  }
  if (service === 'events') {
    const rule = world.rules.find(({ name }) => name === asked.Name);
    const json = rule && { Name: rule.name, State: rule.state, ...(rule.when && { ScheduleExpression: rule.when }) };
    return of(arn('events', `rule/${asked.Name}`), json);
  }
  if (service === 'secretsmanager') {
    const state = world.secrets[asked.SecretId ?? ''];
    const json = state && { Name: asked.SecretId ?? '', ...(state === 'deleted' && { DeletedDate: 1_790_000_000 }) };
    return of(arn('secretsmanager', `secret:${asked.SecretId}`), json);
  }
  const name = asked.QueueName ?? asked.QueueUrl?.replace(/^.*\//, '') ?? '';
  const queue = world.queues[name];
  const resource = arn('sqs', name);
  if (!queue) return of(resource, undefined);
  if (action === 'GetQueueUrl') return of(resource, { QueueUrl: `http://${request.headers.host}/${ACCOUNT}/${name}` });
  const RedrivePolicy =
    queue.dead && JSON.stringify({ deadLetterTargetArn: arn('sqs', queue.dead), maxReceiveCount: 5 });
  const Attributes = {
    QueueArn: resource,
    ApproximateNumberOfMessages: String(queue.messages),
    ...(RedrivePolicy && { RedrivePolicy }),
  };
  return of(resource, { Attributes });
}
