import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeText } from '../../../generator/lib/bytes.ts';
import { memoryStore } from '../../../generator/store/memory.ts';
import type { Store } from '../../../generator/store/store.ts';
import { builtWorld, DOOMED_ID, deleteUpstream, doomed, eraseIt } from '../../../generator/testing/erased-call.ts';
import { random } from '../../../scripts/demo/data/random.ts';
import type { View } from '../audit.ts';
import { openRecordings } from '../content/recordings.ts';
import { openSites } from '../content/sites.ts';
import type { GateRequest } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import type { GateSettings } from '../settings.ts';
import { publishSite } from '../testing/gate.ts';
import { siteAnswer } from './site.ts';

const SETTINGS = { frontend: 'https://clerk.example.com', secretKey: 'sk_live_x' } as GateSettings;
const AT = '2026-03-31T06:00:00.000Z';
const PAGE = { accept: 'text/html' };
const HASHED = '/calls/~3fe1c0d2a4b6978812345678/';
const TRUE_ID = 'rec 0 +441632960001';
/** A page that lets its readers hear a recording, one that does not, and such as are odd. */
const RECORDINGS = {
  '/calls/c-1/': 'c-1',
  [HASHED]: TRUE_ID,
  '/calls/c/': 'c',
  '/calls/odd/': '../org_2/audio/x',
  '/calls/gone/': 'gone',
};
const FILES = Object.fromEntries(
  ['/404.html', '/', '/calls/quiet/', ...Object.keys(RECORDINGS)].map((path) => [path, path]),
);
/** More than one answer to a range has. */
const SOUND = randomBytes(1_300_000);
const published = memoryStore();
beforeAll(async () => {
  await publishSite(published, 'org_1', FILES, 1, RECORDINGS);
  await publishSite(published, 'org_2', FILES, 1, { '/calls/c-2/': 'c-2' });
});
const sessionOf = (user: string, org: string, more = {}) => ({
  ...{ tokenType: 'session_token', isAuthenticated: true, userId: user, orgId: org },
  sessionClaims: more,
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What is written into it is not in the other one. */
function copyOf(store: Store): Store {
  const own = memoryStore();
  return { ...store, get: async (key) => (await own.get(key)) ?? store.get(key), put: own.put };
}

/** @param shared an S3 store, which makes addresses; else the gate sends the bytes */
async function gateOver({
  reports = copyOf(published),
  shared = false,
  wrong = {} as Partial<Store>,
  without = false,
} = {}) {
  const memory = memoryStore(() => clock);
  let clock = 1;
  for (const key of [
    'org_1/audio/c-1.mp3',
    `org_1/audio/${TRUE_ID}.wav`,
    'org_1/audio/c.b.mp3',
    'org_2/audio/c-2.mp3',
    'org_2/audio/x.mp3',
  ])
    await memory.put(key, key.includes('c-1') ? SOUND : 'sound');
  const asked: string[] = [];
  const note =
    <T extends unknown[], R>(what: string, work: (...all: T) => R) =>
    (...all: T): R => {
      asked.push(`${what} ${all[0]}`);
      return work(...all);
    };
  const store: Store = {
    ...memory,
    list: note('list', memory.list),
    get: note('get', memory.get),
    ...(shared && {
      share: async (key, { seconds, type, disposition }) =>
        `https://b.s3.example/${key}?${seconds}&${type}&${disposition}`,
    }),
    ...wrong,
  };
  const views: View[] = [];
  const notes: string[] = [];
  const line = { at: AT, method: 'GET', path: '/logged', status: 0, bytes: 0, ms: 0 };
  const gate: GateRequest = {
    ...{
      settings: SETTINGS,
      target: '/',
      line,
      out: new PassThrough(),
      noteOnce: (sentence) => void notes.push(String(sentence)),
    },
    ...{ sites: openSites(reports, { recheckMs: 0 }), audit: (view) => void views.push(view) },
    ...(!without && { recordings: openRecordings(store, { stream: false }) }),
  };
  const ask = (
    target: string,
    headers: { [name: string]: string } = {},
    session = sessionOf('user_1', 'org_1'),
    method = 'GET',
  ) =>
    siteAnswer({ ...gate, target }, session, {
      method,
      headers: new Headers(headers),
      addresses: { sheet: '', forget: '' },
    });
  return {
    ...{ reports, memory, views, notes, asked, ask, gate },
    later: () => void clock++,
    urlOf: async (page: string) =>
      String((JSON.parse(await text(await ask(`${page}audio.json`))) as { url: string }).url),
  };
}
async function bytesOf({ body = '' }: Reply): Promise<Uint8Array> {
  if (typeof body === 'string') return Buffer.from(body);
  const pieces: Uint8Array[] = [];
  for await (const piece of 'byteLength' in body ? [body] : body) pieces.push(piece);
  return Buffer.concat(pieces);
}
const text = async (reply: Reply) => decodeText(await bytesOf(reply));
const told = async (reply: Reply) => [reply.status, JSON.parse(await text(reply))];
function printed(): string[] {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
  return lines;
}

describe('where nothing may be heard', () => {
  it('the answer is that of a page nobody has, and the store of recordings is asked nothing', async () => {
    const { ask, asked, views } = await gateOver({ shared: true });
    for (const what of ['audio.json', 'audio', 'audio?t=mp3-zzzzzzzz-00']) {
      const pages = [
        '/calls/quiet/',
        '/calls/c-2/',
        '/calls/none/',
        '/calls/c-/',
        '/calls/c-1.mp3/',
        '/calls/~3fe1/',
        '/',
      ];
      for (const headers of [{}, PAGE]) {
        const nowhere = await ask('/calls/nowhere/x', headers);
        for (const page of pages) expect([page, await ask(page + what, headers)]).toEqual([page, nowhere]);
      }
    }
    for (const target of [
      '/calls/c-1/audio.json/',
      '/calls/c-1%2faudio.json',
      '/calls/../calls/c-1/audio',
      '/calls/c-1/x/audio',
      '/calls/c-1/audio.mp3',
    ])
      expect([target, (await ask(target)).status]).toEqual([target, 404]);
    expect([asked, views]).toEqual([[], []]);
  });

  it('nobody without a session of the organization gets further than anywhere else', async () => {
    const { ask, asked } = await gateOver({ shared: true });
    expect((await ask('/calls/c-1/audio.json', {}, {} as never)).status).toBe(401);
    expect((await ask('/calls/c-1/audio.json', {}, sessionOf('user_1', '../x'))).status).toBe(403);
    expect((await ask('/calls/c-1/audio.json', {}, sessionOf('user_2', 'org_2'))).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('it ends at once: with the call, and with what the organization allows', async () => {
    const { ask, reports, asked, urlOf } = await gateOver();
    const url = await urlOf('/calls/c-1/');
    await publishSite(reports, 'org_1', FILES, 2, { [HASHED]: TRUE_ID });
    asked.length = 0;
    for (const target of ['/calls/c-1/audio.json', '/calls/c-1/audio', url])
      expect((await ask(target)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  it('it ends where the call is erased, though its recording is still kept', async () => {
    const world = await builtWorld(doomed(), { playback: true });
    const { ask, memory, asked, urlOf } = await gateOver({ reports: world.reports });
    await memory.put(`org_1/audio/${DOOMED_ID}.mp3`, SOUND);
    const page = `/calls/${DOOMED_ID}/`;
    const url = await urlOf(page);
    expect((await ask(url)).status).toBe(200);
    await deleteUpstream(world);
    expect(await eraseIt(world)).toMatchObject({ state: 'erased', proof: { hits: [] } });
    asked.length = 0;
    const nowhere = await ask('/calls/nowhere/x');
    expect(nowhere.status).toBe(404);
    for (const target of [`${page}audio.json`, `${page}audio`, url]) expect(await ask(target)).toEqual(nowhere);
    expect(asked).toEqual([]);
  });
});

describe('the address of a recording', () => {
  it('is of the newest sound of the call itself, whatever its page is called, and nobody keeps it', async () => {
    const { ask, memory, later, asked, views } = await gateOver({ shared: true });
    vi.useFakeTimers({ now: Date.parse(AT), toFake: ['Date'] });
    const reply = await ask('/calls/c-1/audio.json?b=7-aa');
    expect(reply.headers['cache-control']).toBe('no-store');
    const url = 'https://b.s3.example/org_1/audio/c-1.mp3?300&audio/mpeg&inline; filename="c-1.mp3"';
    expect(await told(reply)).toEqual([200, { url, type: 'audio/mpeg', expires: '2026-03-31T06:05:00.000Z' }]);
    expect(asked).toEqual(['list org_1/audio/c-1.', 'get org_1/audio/c-1.mp3']);
    later();
    for (const ending of ['wav', 'json', 'WAV', 'toolong', 'x.mp3']) await memory.put(`org_1/audio/c-1.${ending}`, 'x');
    expect(await text(await ask('/calls/c-1/audio.json'))).toContain('/c-1.wav?300&audio/wav&');
    expect(await text(await ask(`${HASHED}audio.json`))).toContain(
      `/${TRUE_ID}.wav?300&audio/wav&inline; filename=\\"~3fe1`,
    );
    const view = { at: AT, organization: 'org_1', user: 'user_1', path: '/calls/c-1/', event: 'recording' };
    expect(views).toEqual([view, view, { ...view, path: HASHED }]);
  });

  it('is where a person is led who follows the link, to hear it or to save it', async () => {
    const { ask, views } = await gateOver({ shared: true });
    const { status, headers } = await ask(
      '/calls/c-1/audio?save',
      PAGE,
      sessionOf('user_1', 'org_1', { act: { sub: 'user_9' } }),
    );
    expect([status, headers]).toEqual([
      303,
      {
        'cache-control': 'no-store',
        location: expect.stringMatching(/c-1\.mp3\?300&audio\/mpeg&attachment; filename="c-1\.mp3"$/),
      },
    ]);
    expect((await ask('/calls/c-1/audio', PAGE)).headers.location).toContain('inline');
    expect(views.map(({ event, actor }) => [event, actor])).toEqual([
      ['recording', 'user_9'],
      ['recording', undefined],
    ]);
  });

  it('is none where the recording has gone, or is of another call whose id begins alike', async () => {
    const { ask, views, asked } = await gateOver({ shared: true });
    for (const page of ['/calls/gone/', '/calls/c/', '/calls/odd/']) {
      expect(await told(await ask(`${page}audio.json`))).toEqual([200, { gone: 'The recording is no longer kept.' }]);
      const notice = await ask(`${page}audio`, PAGE);
      expect([notice.status, await text(notice)]).toEqual([404, expect.stringContaining(`href="${page}"`)]);
    }
    expect(views).toEqual([]);
    expect(asked.filter((each) => !/^list org_1\/audio\/(?:c|gone)\.$/.test(each))).toEqual([]);
  });

  it.each(['list', 'get'])(
    'is none where the store refuses to %s: the reader gets words, and whoever runs the gate the reason',
    async (what) => {
      const refuse = () => Promise.reject(new Error('AccessDenied: kms:Decrypt'));
      const list = () => ({ [Symbol.asyncIterator]: () => ({ next: refuse }) });
      const { ask, views } = await gateOver({ shared: true, wrong: what === 'list' ? { list } : { get: refuse } });
      const lines = printed();
      const [status, words] = await told(await ask('/calls/c-1/audio.json'));
      expect([status, words]).toEqual([200, { failed: expect.stringContaining('cannot be opened at present') }]);
      const notice = await ask('/calls/c-1/audio', PAGE);
      expect([notice.status, (await text(notice)).includes('kms')]).toEqual([503, false]);
      expect([lines, views]).toEqual([Array(2).fill('gate: /logged: AccessDenied: kms:Decrypt'), []]);
    },
  );

  it('is none where the gate has no store of recordings, which it says once', async () => {
    const { ask, notes } = await gateOver({ without: true });
    expect(await told(await ask('/calls/c-1/audio.json'))).toEqual([
      200,
      { failed: expect.stringContaining('Ask your administrator') },
    ]);
    expect(notes).toEqual([expect.stringContaining('CCI_INPUT_URL is not set')]);
    expect((await ask('/calls/c-1/')).headers['content-security-policy']).toContain("; media-src 'self'");
  });

  it('is allowed on the page of the call, and on no other', async () => {
    const policy = async (gate: Awaited<ReturnType<typeof gateOver>>, path: string) =>
      /media-src[^;]*/.exec((await gate.ask(path)).headers['content-security-policy'] ?? '')?.[0];
    const [shared, sent] = [await gateOver({ shared: true }), await gateOver()];
    expect(await policy(shared, '/calls/c-1/')).toBe("media-src 'self' https://b.s3.example");
    expect(await policy(sent, '/calls/c-1/')).toBe("media-src 'self'");
    for (const path of ['/', '/calls/quiet/', '/nowhere']) expect(await policy(shared, path)).toBe(undefined);
    const broken = await gateOver({
      shared: true,
      wrong: { share: () => Promise.reject(new Error('no credentials')) },
    });
    expect(await policy(broken, '/calls/c-1/')).toBe("media-src 'self'");
  });
});

describe('a recording that the gate sends', () => {
  it('comes in any range as a server of files would send it, at most a megabyte at once', async () => {
    const { ask, urlOf } = await gateOver();
    const url = await urlOf('/calls/c-1/');
    expect(url).toMatch(/^\/calls\/c-1\/audio\?t=mp3-[0-9a-z]+-[0-9a-f]{64}$/);
    const chance = random('sound');
    const place = () => chance.pick([0, 1, chance.int(0, SOUND.length), SOUND.length - 1, SOUND.length, 10 ** 20]);
    const most = 1024 * 1024;
    const statuses = new Set<number>();
    for (let i = 0; i < 200; i++) {
      const [first, last] = [place(), place()];
      const kind = chance.pick(['from', 'both', 'last']);
      const range = { from: `bytes=${first}-`, both: `bytes=${first}-${last}`, last: `bytes=-${last}` }[kind];
      const start = kind === 'last' ? Math.max(0, SOUND.length - last) : first;
      const end = Math.min(kind === 'both' ? last + 1 : SOUND.length, SOUND.length, start + most);
      const isNone = kind === 'both' && first > last;
      const reply = await ask(url, { range: String(range) });
      statuses.add(reply.status);
      const expected = isNone ? SOUND : SOUND.subarray(start, Math.max(start, end));
      const right = isNone ? 200 : start >= end ? 416 : 206;
      expect([
        range,
        reply.status,
        Buffer.compare(await bytesOf(reply), right === 416 ? Buffer.alloc(0) : expected),
      ]).toEqual([range, right, 0]);
      const told = { 200: undefined, 206: `bytes ${start}-${end - 1}/${SOUND.length}`, 416: `bytes */${SOUND.length}` }[
        right
      ];
      expect(reply.headers).toMatchObject({
        'content-type': 'audio/mpeg',
        'accept-ranges': 'bytes',
        'cache-control': 'private, no-store',
      });
      expect(reply.headers['content-range']).toBe(told);
    }
    expect([...statuses].sort()).toEqual([200, 206, 416]);
  });

  it('comes whole where no range is asked for, says how long it is to a HEAD, and is saved where that was asked for', async () => {
    const { ask, views } = await gateOver();
    const location = String((await ask('/calls/c-1/audio?save', PAGE)).headers.location);
    expect(views).toHaveLength(1);
    const whole = await ask(location);
    expect([whole.status, whole.headers['content-length']]).toEqual([200, String(SOUND.length)]);
    expect(whole.headers['content-disposition']).toBe('attachment; filename="recording.mp3"');
    expect(Buffer.compare(await bytesOf(whole), SOUND)).toBe(0);
    const head = await ask(location, { range: 'bytes=0-1' }, undefined, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, String(SOUND.length), undefined]);
    // Whoever gets bytes has been noted when they were told where these are.
    expect(views).toHaveLength(1);
  });

  it('is cut rather than mixed with another one that has been put in its place', async () => {
    const { ask, memory, urlOf } = await gateOver();
    const whole = await ask(await urlOf('/calls/c-1/'));
    await memory.put('org_1/audio/c-1.mp3', SOUND);
    await expect(bytesOf(whole)).rejects.toThrow('precondition failed');
  });

  it('needs the ticket: of the same person, organization and recording, not ended, and a session beside it', async () => {
    const { ask, asked, urlOf, gate, reports } = await gateOver();
    const url = await urlOf('/calls/c-1/');
    const other = await urlOf(HASHED);
    asked.length = 0;
    const refused = [403, { error: 'refused' }];
    expect(await told(await ask(url, {}, sessionOf('user_2', 'org_1')))).toEqual(refused);
    expect(await told(await ask(`/calls/c-1/audio${other.slice(other.indexOf('?'))}`))).toEqual(refused);
    for (const wrong of [
      url.replace('t=mp3', 't=wav'),
      url.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
      '/calls/c-1/audio?t=',
      '/calls/c-1/audio?t=mp3-../x',
    ])
      expect([wrong, ...(await told(await ask(wrong)))]).toEqual([wrong, ...refused]);
    await publishSite(reports, 'org_2', FILES, 2, RECORDINGS);
    expect(await told(await ask(url, {}, sessionOf('user_1', 'org_2')))).toEqual(refused);
    expect(
      await told(
        await siteAnswer(
          { ...gate, target: url, settings: { ...SETTINGS, secretKey: 'sk_live_y' } },
          sessionOf('user_1', 'org_1'),
          { method: 'GET', headers: new Headers(), addresses: { sheet: '', forget: '' } },
        ),
      ),
    ).toEqual(refused);
    vi.useFakeTimers({ now: Date.now() + 300_001, toFake: ['Date'] });
    expect(await told(await ask(url))).toEqual(refused);
    expect((await ask(url, {}, {} as never)).status).toBe(401);
    expect(asked).toEqual([]);
  });

  it('that has gone meanwhile, or cannot be read, is said to be', async () => {
    const { ask, memory, urlOf } = await gateOver();
    const url = await urlOf('/calls/c-1/');
    await memory.remove('org_1/audio/c-1.mp3');
    expect(await told(await ask(url))).toEqual([404, { error: 'gone' }]);
    const lines = printed();
    const broken = await gateOver({ wrong: { get: () => Promise.reject(new Error('why')) } });
    expect(await told(await broken.ask(await broken.urlOf('/calls/c-1/')))).toEqual([503, { error: 'unavailable' }]);
    expect(lines).toEqual(['gate: /logged: why']);
  });
});
