import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Context } from '../commands/doctor/context.ts';
import type { Finding } from '../commands/doctor/finding.ts';
import { silentLog } from '../lib/console.ts';

/** What checks are given in a test; what it does not name is not set. */
export const contextWith = (given: Partial<Context>): Context => ({
  settings: {},
  stores: {},
  now: () => new Date('2026-03-30T12:00:00Z'),
  log: silentLog,
  ask: () => Promise.reject(new Error('nobody may be asked')),
  clocks: [],
  clerkApi: 'https://backend.invalid',
  env: {},
  mayName: true,
  ...given,
});

/** Findings as lines: "check: result: text". */
export const linesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ check, result, text }) => `${check}: ${result}: ${text}`);

/** Path → status and body of a server's answers. */
export type Answers = { [path: string]: { status?: number; body: unknown } };

export interface JsonServer extends AsyncDisposable {
  url: string;
  answers: Answers;
  /** Path and authorization of each request. */
  asked: { path: string; authorization: string | undefined }[];
  /** Its clock, in milliseconds since the epoch; absent: this machine's. */
  time?: number;
}

/** A server on loopback that answers in JSON; what it does not know is 404. */
export async function jsonServer(answers: Answers): Promise<JsonServer> {
  const asked: JsonServer['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, authorization: request.headers.authorization });
    const { status = 200, body } = double.answers[path.split('?')[0] ?? ''] ?? { status: 404, body: {} };
    const date = new Date(double.time ?? Date.now()).toUTCString();
    response.writeHead(status, { 'content-type': 'application/json', date }).end(JSON.stringify(body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const double: JsonServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return double;
}
