import { connect } from 'node:net';

/** What came of asking the same again and again. */
export interface Load {
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Answers of another status than was expected, and connections that broke. */
  errors: number;
}

/**
 * Ask on some kept connections, each of which waits for its answer before it asks again.
 * @param options.head a whole request, or several that are taken in turn; `status` the one expected; ends after `seconds` or
 *   `requests`, whichever comes first
 */
export async function load(
  port: number,
  options: {
    head: string | readonly string[];
    status: number;
    connections: number;
    seconds?: number;
    requests?: number;
  },
): Promise<Load> {
  const {
    head,
    status,
    connections,
    seconds = Number.POSITIVE_INFINITY,
    requests = Number.POSITIVE_INFINITY,
  } = options;
  const took: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  const all = [head].flat().map((each) => Buffer.from(each, 'latin1'));
  let [errors, asked] = [0, 0];

  const converse = () =>
    new Promise<void>((done) => {
      let left = 0;
      let at = 0;
      let pending = '';
      const socket = connect(port, '127.0.0.1').setNoDelay();
      const ask = () => {
        if (asked >= requests || performance.now() >= until) return void socket.destroy();
        const request = all[asked++ % all.length] as Buffer;
        at = performance.now();
        socket.write(request);
      };
      socket.on('connect', ask);
      socket.on('data', (chunk: Buffer) => {
        if (left === 0) {
          pending += chunk.toString('latin1');
          const end = pending.indexOf('\r\n\r\n');
          if (end === -1) return;
          const top = pending.slice(0, end);
          if (Number(top.slice(9, 12)) !== status) errors++;
          const length = status === 304 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(top)?.[1] ?? 0);
          left = length - (pending.length - end - 4);
          pending = '';
        } else left -= chunk.length;
        if (left > 0) return;
        took.push(performance.now() - at);
        ask();
      });
      socket.on('error', () => errors++);
      socket.on('close', () => done());
    });

  await Promise.all(Array.from({ length: connections }, converse));
  const spent = (performance.now() - started) / 1000;
  const sorted = Float64Array.from(took).sort();
  const rank = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { requests: took.length, seconds: spent, p50: rank(0.5), p99: rank(0.99), errors };
}
