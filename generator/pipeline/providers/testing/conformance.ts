import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PipelineError } from '../../errors.ts';
import { isCallId } from '../../keys.ts';
import type { Cursor, Recording, RecordingProvider } from '../../ports.ts';
import type { Fault, ProviderServer } from './server.ts';

/** A call as it is put into the world of a provider. */
export interface Given {
  /** The provider's own name of it. */
  id: string;
  /** ISO 8601, UTC. */
  started: string;
  ended: string;
  from: string;
  to: string;
}

/** A provider in a world of its own, where tests can put recordings. */
export interface Subject extends AsyncDisposable {
  open(): Promise<RecordingProvider>;
  add(call: Given): Promise<void>;
  /** What must be in no error. */
  secrets: string[];
}

export interface HttpSubject extends Subject {
  server: ProviderServer;
  /** Let another host be one that a download may be redirected to. */
  allow(host: string): void;
  /** The tokens that were given are over. */
  expire(): void;
  /** How long the provider has waited, in milliseconds. */
  waits: number[];
}

/** The clock of every subject. */
export const NOW = Date.parse('2026-03-30T12:00:00Z');

/** The call of a minute of the hour from 10 on. */
export const call = (at: number, id = `call-${at}`): Given => {
  const minute = String(at).padStart(2, '0');
  return {
    id,
    started: `2026-03-30T10:${minute}:00.000Z`,
    ended: `2026-03-30T10:${minute}:30.000Z`,
    from: '+441632960001',
    to: `agent-${at}@agents.example`,
  };
};

const { signal } = new AbortController();

export async function listed(provider: RecordingProvider, since: Cursor = 'start'): Promise<Recording[]> {
  const found: Recording[] = [];
  for await (const each of provider.list(since, signal)) found.push(each);
  return found;
}

/** What some work fails with. */
export async function failure(work: () => Promise<unknown>): Promise<PipelineError> {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(PipelineError);
  return error as PipelineError;
}

/** What every provider does. */
export function providerConformance(name: string, make: () => Promise<Subject>): void {
  describe(`provider ${name}`, () => {
    let subject: Subject;
    beforeEach(async () => {
      subject = await make();
    });
    afterEach(() => subject[Symbol.asyncDispose]());

    it('lists every recording once, oldest first, with what is known of it', async () => {
      const calls = [3, 1, 8, 2, 5, 7, 4, 6].map((at) => call(at));
      for (const each of calls) await subject.add(each);
      const found = await listed(await subject.open());
      expect(found.map(({ started }) => started)).toEqual(calls.map(({ started }) => started).sort());
      expect(new Set(found.map(({ id }) => id)).size).toBe(8);
      expect(found[0]).toMatchObject({ from: '+441632960001', to: 'agent-1@agents.example', ended: call(1).ended });
      for (const { id, raw } of found) {
        expect(id).toSatisfy(isCallId);
        expect(JSON.parse(JSON.stringify(raw))).toEqual(raw);
      }
    });

    it('lists nothing where there is nothing', async () => {
      expect(await listed(await subject.open())).toEqual([]);
    });

    it('gives a recording the same id each time', async () => {
      await subject.add(call(1));
      const ids = async () => (await listed(await subject.open())).map(({ id }) => id);
      expect(await ids()).toEqual(await ids());
    });

    it('gives the sound of each recording, by its first bytes', async () => {
      for (const at of [1, 2]) await subject.add(call(at));
      const provider = await subject.open();
      const sounds = [];
      for (const each of await listed(provider)) sounds.push(await provider.download(each, signal));
      expect(sounds.map(({ extension }) => extension)).toEqual(['wav', 'wav']);
      expect(Buffer.from(sounds[0]?.body ?? []).equals(Buffer.from(sounds[1]?.body ?? []))).toBe(false);
    });

    it('gives the sound of a recording that another process has listed', async () => {
      await subject.add(call(1));
      const [found] = await listed(await subject.open());
      const kept = JSON.parse(JSON.stringify(found)) as Recording;
      expect((await (await subject.open()).download(kept, signal)).extension).toBe('wav');
    });

    it('takes any name for an id, and loses none', async () => {
      const names = ['a/b', '../up', 'ü ö', 'x'.repeat(150), '+44 1632 960001'];
      for (const [at, id] of names.entries()) await subject.add(call(at + 1, id));
      const provider = await subject.open();
      const found = await listed(provider);
      expect(new Set(found.map(({ id }) => id)).size).toBe(names.length);
      for (const each of found) {
        expect(each.id).toSatisfy(isCallId);
        await provider.download(each, signal);
      }
    });
  });
}

/** What a provider behind HTTP does about faults: each its own reason, no token or password in any, nothing half-read. */
export function httpConformance(name: string, make: () => Promise<HttpSubject>): void {
  describe(`provider ${name}, its server at fault`, () => {
    let subject: HttpSubject;
    let provider: RecordingProvider;
    let first: Recording;
    beforeEach(async () => {
      subject = await make();
      for (let at = 1; at <= 8; at++) await subject.add(call(at));
      provider = await subject.open();
      first = (await listed(provider))[0] as Recording;
    });
    afterEach(() => subject[Symbol.asyncDispose]());

    const download = () => provider.download(first, signal);
    const list = () => listed(provider);
    const has = (...faults: Fault[]) => subject.server.faults.push(...faults);
    const told = ({ problems, cause }: PipelineError) => {
      for (const secret of subject.secrets) expect(`${problems} ${cause}`).not.toContain(secret);
      return problems.join(' ');
    };

    it.each<[string, Fault, 'retry' | 'poison', RegExp]>([
      ['0 bytes', { kind: 'empty' }, 'poison', /empty: it has 0 bytes/],
      ['44 bytes', { kind: 'head' }, 'poison', /a head and nothing after it/],
      ['what is no sound', { kind: 'noise' }, 'poison', /no sound that can be read/],
      ['more than is taken', { kind: 'huge' }, 'poison', /MB\. At most 512 MB/],
      ['a refusal', { status: 400 }, 'poison', /refuses this recording \(HTTP 400\)/],
      ['one that is gone', { status: 410 }, 'poison', /refuses this recording \(HTTP 410\)/],
      ['a page', { kind: 'page' }, 'retry', /a web page in place of the sound/],
      ['an error that says 200', { kind: 'json' }, 'retry', /application\/json in place of the sound/],
      ['half of it', { kind: 'cut' }, 'retry', /broke off: \d+ of \d+ bytes/],
      ['no answer', { kind: 'reset' }, 'retry', /could not be asked: \w+/],
      ['nothing yet', { status: 404 }, 'retry', /has nothing at this address/],
      ['a busy server', { status: 503 }, 'retry', /busy or fails \(HTTP 503\)/],
    ])('tells of %s in place of sound', async (_, fault, kind, reason) => {
      has({ ...fault, of: 'sound', times: 9 });
      const error = await failure(download);
      expect([error.kind, told(error)]).toEqual([kind, expect.stringMatching(reason)]);
    });

    it.each<[string, Fault]>([
      ['a list that lacks its end', { kind: 'short' }],
      ['the same page again', { kind: 'same' }],
      ['a page of a proxy', { kind: 'page' }],
      ['half an answer', { kind: 'cut' }],
      ['a busy server', { status: 503 }],
      ['no right', { status: 403 }],
    ])('never takes %s for all that there is', async (_, fault) => {
      has({ ...fault, of: 'list', times: 99 });
      told(await failure(list));
    });

    it.each<Fault>([{ status: 500 }, { status: 429 }, { kind: 'reset' }, { kind: 'cut' }])(
      'asks again after %j',
      async (fault) => {
        has({ ...fault, of: 'list' }, { ...fault, of: 'sound' });
        expect(await list()).toHaveLength(8);
        expect((await download()).extension).toBe('wav');
        expect(subject.waits).toHaveLength(2);
      },
    );

    it('waits as long as it is asked to, and leaves a longer pause to the next run', async () => {
      has({ of: 'list', status: 429, headers: { 'retry-after': '7' } });
      await list();
      expect(subject.waits).toEqual([7000]);
      has({ of: 'list', status: 429, headers: { 'retry-after': '120' } });
      expect(await failure(list)).toMatchObject({ kind: 'retry', waitMs: 120_000 });
      expect(subject.waits).toHaveLength(1);
    });

    it('gets a new token where the old one is over, once', async () => {
      subject.expire();
      expect(await list()).toHaveLength(8);
      has({ of: 'sound', status: 401, times: 9 });
      const error = await failure(download);
      expect([error.kind, told(error)]).toEqual(['configuration', expect.stringContaining('does not take the token')]);
      const tokens = subject.server.log.filter(({ method }) => method === 'POST');
      expect(tokens).toHaveLength(3);
    });

    it('says without a word of the answer that its password is wrong', async () => {
      subject.expire();
      has({ of: 'token', status: 400 });
      const error = await failure(list);
      expect([error.kind, told(error)]).toEqual(['configuration', expect.stringContaining('gives no token')]);
      expect(told(error)).not.toContain('hunter2');
    });

    it('follows a redirect to an allowed host alone, and gives no token to it', async () => {
      await using other = await make();
      await other.add(call(1));
      const host = new URL(other.server.base).host;
      const to = `${other.server.base}/sound`;
      other.server.faults.push({ of: 'list', kind: 'noise', times: 9 });
      has({ of: 'sound', kind: 'redirect', to });
      const refused = await failure(download);
      expect([refused.kind, told(refused)]).toEqual([
        'configuration',
        expect.stringContaining(`another host, ${host}`),
      ]);
      expect(other.server.log).toEqual([]);
      subject.allow(host);
      provider = await subject.open();
      has({ of: 'sound', kind: 'redirect', to });
      expect((await failure(download)).kind).toBe('poison');
      expect(other.server.log).toMatchObject([{ url: '/sound', authorization: undefined }]);
    });

    it.each(['http://example.com/a', 'file:///etc/passwd', 'ftp://example.com/a'])(
      'follows no redirect to %s',
      async (to) => {
        has({ of: 'sound', kind: 'redirect', to });
        expect(told(await failure(download))).toContain('without https');
      },
    );

    it('gives up on a server that redirects to itself without an end', async () => {
      has({ kind: 'redirect', to: `${subject.server.base}/again`, times: 99 });
      expect((await failure(download)).kind).toBe('retry');
    });

    it('ends where it is told to', async () => {
      const stop = new AbortController();
      subject.server.faults.push({ of: 'sound', kind: 'huge', met: () => stop.abort() });
      await expect(provider.download(first, stop.signal)).rejects.toThrow();
      expect(subject.waits).toEqual([]);
    });

    it('asks for nothing but lists and sound', () => {
      for (const { method, url } of subject.server.log)
        expect([method, url]).toEqual(method === 'POST' ? ['POST', '/connect/token'] : ['GET', url]);
    });
  });
}
