import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { random } from '../../../scripts/demo/data/random.ts';

/**
 * What a network does to one request: `reset` before it arrives; `lost`: it arrives, and the connection is reset before any of the
 * answer; `cut`: reset within the answer; `short`: closed within the answer as if that were all; `silent`: nothing more, either way.
 */
const NETWORK_FAULTS = ['reset', 'lost', 'cut', 'short', 'silent'] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export interface Weather {
  /** Requests of a hundred that go wrong; absent: none. */
  percent?: number;
  /** Absent: all. */
  faults?: readonly NetworkFault[];
  /** Of chance. */
  seed?: number;
  /** Of each piece of bytes. */
  delayMs?: number;
  /** Each way of each connection. */
  bytesPerSecond?: number;
}

export interface FaultyNetwork extends AsyncDisposable {
  /** A store's URL with the proxy in the place of its server. */
  through(url: string): string;
  /** Requests that went wrong so far, by fault. */
  happened: Map<NetworkFault, number>;
  /** Requests so far. */
  readonly requests: number;
}

/** Slices a second where a rate is given. */
const SLICES = 20;

/** A proxy between a client of S3 and its server, which sees requests and answers as bytes. @param url of a store, with its endpoint */
export async function faultyNetwork(url: string, weather: Weather): Promise<FaultyNetwork> {
  const { percent = 0, faults = NETWORK_FAULTS, seed = 1, delayMs = 0, bytesPerSecond } = weather;
  const chance = random(seed);
  const happened = new Map<NetworkFault, number>();
  const sockets = new Set<Socket>();
  let requests = 0;

  /** Bytes in order, each after its delay and at the rate. */
  function pump(to: Socket): (bytes: Buffer) => void {
    let last: Promise<unknown> = Promise.resolve();
    const send = async (bytes: Buffer) => {
      if (delayMs > 0) await sleep(delayMs);
      const step = bytesPerSecond === undefined ? bytes.byteLength : Math.ceil(bytesPerSecond / SLICES);
      for (let at = 0; at < bytes.byteLength && to.writable; at += step) {
        to.write(bytes.subarray(at, at + step));
        if (bytesPerSecond !== undefined) await sleep(1000 / SLICES, undefined, { ref: false });
      }
    };
    return (bytes) => {
      if (delayMs === 0 && bytesPerSecond === undefined) to.write(bytes);
      else last = last.then(() => send(bytes));
    };
  }

  const target = endpointOf(url);
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
    }
    const [up, down] = [pump(upstream), pump(client)];
    let fault: NetworkFault | undefined;
    /** Bytes of the answer that still go through. */
    let left = 0;
    const breakOff = () => {
      client.resetAndDestroy();
      upstream.destroy();
    };
    client.on('data', (bytes) => {
      if (/^(GET|PUT|HEAD|DELETE|POST) \//.test(bytes.toString('latin1', 0, 16))) {
        requests++;
        fault = chance.chance(percent / 100) ? chance.pick(faults) : undefined;
        left = chance.int(0, 400);
        if (fault) happened.set(fault, (happened.get(fault) ?? 0) + 1);
      }
      if (fault === 'reset') breakOff();
      else if (fault !== 'silent') up(bytes);
    });
    upstream.on('data', (bytes) => {
      if (fault === 'lost') return breakOff();
      if (fault === 'silent') return;
      if (fault === undefined) return down(bytes);
      down(bytes.subarray(0, left));
      left -= bytes.byteLength;
      if (left > 0) return;
      if (fault === 'cut') breakOff();
      else client.end();
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    through(each) {
      const proxied = new URL(each);
      proxied.searchParams.set('endpoint', `http://127.0.0.1:${port}`);
      return proxied.href;
    },
    happened,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const endpointOf = (url: string): URL => new URL(new URL(url).searchParams.get('endpoint') ?? '');
