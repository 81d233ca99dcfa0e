import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Have a double listen on this machine. @returns its address, and how it ends with all its connections */
export async function listening(server: Server): Promise<{ url: string } & AsyncDisposable> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What is to go wrong, with which request and how often. */
interface Planned {
  /** Absent: any. */
  of?: string;
  /** Absent: once. */
  times?: number;
}

/** The first that is planned for such a request, which is then met once more; undefined: nothing goes wrong. */
export function nextFault<Fault extends Planned>(faults: Fault[], of: string): Fault | undefined {
  const at = faults.findIndex((each) => each.of === undefined || each.of === of);
  const fault = faults[at];
  if (!fault) return undefined;
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) faults.splice(at, 1);
  return fault;
}
