import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening, nextFault } from './double-server.ts';
import { DoubleQueue, type Json, SqsError } from './sqs-double/queue.ts';

/** What goes wrong with a request: refused with a status and a code, or, by its kind, without an answer. */
export interface SqsFault {
  /** Of the action, such as "ReceiveMessage"; absent: any. */
  of?: string;
  /** Absent: once. */
  times?: number;
  status?: number;
  code?: string;
  message?: string;
  /**
   * "reset" before the request is looked at, "lost" after the work was done; "hang": no answer ever comes, "trickle": none that ends;
   * "garbage": what is no SQS; "damaged": bodies that do not match their checksum; "refused": every entry of a batch.
   */
  kind?: 'reset' | 'lost' | 'hang' | 'trickle' | 'garbage' | 'damaged' | 'refused';
  /** Called when it is met. */
  met?: () => unknown;
}

export interface SqsDouble extends AsyncDisposable {
  /** Of the queue, as it would be pasted. */
  url: string;
  queue: DoubleQueue;
  /** Actions in order. */
  log: string[];
  faults: SqsFault[];
}

const REGION = 'us-east-1';
const PATH = '/000000000000/events';
/** What SQS also calls some of its errors; clients that know both go by these. */
const OLD_NAMES: { [code: string]: string } = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  KmsAccessDenied: 'KMS.AccessDeniedException',
};

/**
 * Our reading of SQS, for tests: one standard queue in this process, which speaks AWS JSON 1.0. Requests must be signed for its region;
 * the signature itself is only looked for.
 */
export async function sqsDouble(): Promise<SqsDouble> {
  const queue = new DoubleQueue();
  const log: string[] = [];
  const faults: SqsFault[] = [];
  let url = '';

  function answer(request: IncomingMessage, action: string, body: Json): Json {
    const [, region] =
      /Credential=[^/]+\/\d{8}\/([^/]+)\/sqs\/aws4_request/.exec(request.headers.authorization ?? '') ?? [];
    if (region === undefined) throw new SqsError('MissingAuthenticationToken', 403);
    if (region !== REGION)
      throw new SqsError(
        'SignatureDoesNotMatch',
        403,
        `Credential should be scoped to a valid region, not '${region}'.`,
      );
    if (body.QueueUrl !== url) throw new SqsError('QueueDoesNotExist', 400, 'The specified queue does not exist.');
    return queue.answer(action, body);
  }

  async function serve(request: IncomingMessage, response: ServerResponse) {
    const body = JSON.parse(await text(request)) as Json;
    const action = String(request.headers['x-amz-target']).replace(/^AmazonSQS\./, '');
    log.push(action);
    const fault = nextFault(faults, action);
    fault?.met?.();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'reset') return void request.socket.resetAndDestroy();
    if (fault?.kind === 'garbage') return void response.end('<html>hello</html>');
    try {
      if (fault?.kind === 'refused')
        body.Entries = (body.Entries as Json[]).map(({ Id }) => ({ Id, ReceiptHandle: 'x' }));
      if (fault?.status) throw new SqsError(fault.code ?? 'InternalError', fault.status, fault.message);
      let out = JSON.stringify(answer(request, action, body));
      if (fault?.kind === 'lost') return void request.socket.resetAndDestroy();
      if (fault?.kind === 'damaged') out = out.replace(/"MD5OfBody":"./g, '"MD5OfBody":"x');
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
      if (fault?.kind === 'trickle') return void response.write(out.slice(0, 5));
      response.end(out);
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      const { code, status, message } = error;
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-requestid': randomUUID(),
        'x-amzn-query-error': `${OLD_NAMES[code] ?? code};Sender`,
      });
      response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }));
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });
  const { url: host, ...open } = await listening(server);
  url = `${host}${PATH}`;
  return { url, queue, log, faults, ...open };
}
