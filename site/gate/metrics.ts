import type { Meter } from './meter.ts';

export interface Metrics extends Meter {
  /** All counts in Prometheus's text format. */
  text(): Promise<string>;
  /** Of that text. */
  contentType: string;
}

const PREFIX = 'cci_gate_';
/** Seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** What a request was refused for, by the status that says so. */
const REFUSALS: { [status: number]: string } = {
  401: 'signed_out',
  403: 'not_allowed',
  404: 'not_found',
  405: 'method',
  410: 'old_build',
  421: 'not_this_machine',
  429: 'rate',
};

/** Counts for Prometheus, with those of the process that its library knows. The library is loaded only where somebody wants them. */
export async function openMetrics(): Promise<Metrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const register = new Registry();
  collectDefaultMetrics({ register });
  const registers = [register];
  const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
    new Counter<Label>({ name: `${PREFIX}${name}_total`, help, labelNames, registers });

  const requests = counter('requests', 'Requests that have ended, by how they were answered', ['answer']);
  const refusals = counter('refusals', 'Requests that were refused, by why', ['kind']);
  const seconds = new Histogram({
    name: `${PREFIX}answer_seconds`,
    help: 'Seconds from the turn of a request until all of its answer had left',
    buckets: BUCKETS,
    registers,
  });
  const sessions = counter('sessions', 'Requests with a session, by how it was checked', ['check']);
  const lookUps = counter('build_lookups', 'Look-ups of current builds, by where they were found', ['from']);
  const asked = counter('store_requests', 'Requests to stores', ['store', 'operation']);
  const failed = counter('store_errors', 'Requests to stores that failed', ['store', 'operation']);
  const open = new Gauge({
    name: `${PREFIX}store_requests_open`,
    help: 'Requests to stores without an answer yet',
    labelNames: ['store'],
    registers,
  });

  return {
    answered(status, took, isRefused) {
      requests.inc({ answer: classOf(status) });
      seconds.observe(took);
      const kind = isRefused && status === 404 ? 'target' : REFUSALS[status];
      if (kind !== undefined) refusals.inc({ kind });
    },
    unreadable: () => refusals.inc({ kind: 'no_http' }),
    session: (check) => sessions.inc({ check }),
    lookedUp: (from) => lookUps.inc({ from }),
    asked(store, operation) {
      asked.inc({ store, operation });
      open.inc({ store });
      return (isError) => {
        open.dec({ store });
        if (isError) failed.inc({ store, operation });
      };
    },
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}

/** e.g., "4xx"; "none" where nobody took any of the answer. */
function classOf(status: number): string {
  if (status === 200 || status === 304) return String(status);
  return status === 499 ? 'none' : `${Math.floor(status / 100)}xx`;
}
