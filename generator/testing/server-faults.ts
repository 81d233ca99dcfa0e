import { s3Store } from '../store/s3.ts';
import type { Fault as ServerFault } from '../store/testing/s3-double/faults.ts';
import type { LoggedRequest } from '../store/testing/s3-double/request.ts';
import { s3Double } from '../store/testing/s3-double.ts';
import { snapshotOf } from './copies.ts';
import { checkAfterFault, checkHealing, type Moment, runAll } from './publish-faults.ts';

/** What the server of the buckets does with a request, once or at every try of it. */
export const SERVER_FAULTS: { [name: string]: Omit<ServerFault, 'when'> } = {
  '503 once': { status: 503 },
  '503 always': { status: 503, times: 99 },
  '409 once': { status: 409, code: 'ConditionalRequestConflict' },
  '409 always': { status: 409, code: 'ConditionalRequestConflict', times: 99 },
  412: { status: 412, code: 'PreconditionFailed', times: 99 },
  'connection reset': { kind: 'reset' },
  'answer lost': { kind: 'lost' },
  'answer always lost': { kind: 'lost', times: 99 },
  'half an answer, then silence': { kind: 'stall', times: 99 },
};

/** Tries of one request. */
export const ATTEMPTS = 3;
/** Of a server that falls silent. Where none does, the client's own holds, so that no busy machine is taken for silence. */
const IDLE_MS = 300;
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };

export interface MeantRequest {
  method: string;
  key: string;
  /** Of the reports store, from 1 on. */
  number: number;
}

/**
 * A run with the real client over the double of S3, of which one request of the reports store goes wrong.
 * @param isMeant picks the request
 * @returns requests of that run to the reports store
 * @throws where a reader sees a torn site, the run lies, or the next runs do not make all well
 */
export async function surviveServerFault(
  moment: Moment,
  isMeant: (request: MeantRequest) => boolean,
  fault: Omit<ServerFault, 'when'>,
): Promise<number> {
  await using double = await s3Double();
  const open = (name: string) =>
    s3Store(double.url(name), {
      ...{ credentials, pauseMs: 1, attempts: ATTEMPTS },
      ...(fault.kind === 'stall' && { idleMs: IDLE_MS }),
    });
  for (const name of ['results', 'config'] as const)
    for (const { key, body } of await snapshotOf(moment.world[name])) double.bucket.put(`${name}/${key}`, body);
  for (const { key, body } of moment.before) double.bucket.put(`reports/${key}`, body);
  const reports = open('reports');
  // The double has everything written then.
  const clock = { time: Date.parse('2027-01-01T00:00:00Z') };
  const world = { ...moment.world, results: open('results'), config: open('config'), now: () => new Date(clock.time) };

  let [number, meant] = [0, ''];
  const placeOf = ({ key, query }: LoggedRequest) => `${key}${query.get('prefix') ?? ''}`;
  // Never met, so never used up: it sees each request to the end.
  const counting = (request: LoggedRequest) => {
    if (placeOf(request).startsWith('reports/')) number++;
    return false;
  };
  const when = (request: LoggedRequest) => {
    const place = placeOf(request);
    if (!place.startsWith('reports/')) return false;
    const name = `${request.method} ${place}`;
    if (meant === '' && isMeant({ method: request.method, key: place.slice('reports/'.length), number })) meant = name;
    return name === meant;
  };
  double.faults.push({ when: counting }, { ...fault, when });
  const outcome = await runAll(world, reports);
  double.faults.length = 0;
  if (meant === '') throw new Error('no request was meant');
  await checkAfterFault(moment, reports, outcome);
  await checkHealing({ ...moment, world, clock }, reports);
  return number;
}
