import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainRenderer } from '../../fixtures/world.ts';
import { PipelineConfig } from '../../pipeline/config.ts';
import { collect } from '../../store/ranges.ts';
import { costText, priced } from './prices.ts';
import { openPlace, type Place, RULES } from './testing/place.ts';
import { oneCall } from './testing/recordings.ts';

// Pages are not what is judged here, and the real ones take their time.
vi.mock('../../render/renderer.ts', () => ({ openRenderer: async () => plainRenderer }));

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place[Symbol.dispose]());

describe('pipeline run', () => {
  it('works for each organization that has a pipeline, and names no call', async () => {
    place.putCalls();
    await place.configure('acme');
    await place.store('config').put('acme/qa-config.json', JSON.stringify(RULES));
    await place.configure('zeta', { engines: { transcribe: 'magic' } });
    await place.store('config').put('other/report-config.json', '{}');
    const { status, stdout, stderr } = await place.command('pipeline run');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^acme: 2 recordings listed, 2 new; 1 call worked on: 1 done\.$/m);
    expect(stdout).toMatch(/^acme: 1 call is put aside at ingest: .*sound/m);
    expect(stdout).toMatch(
      /^acme: once the cause is mended, pipeline replay --org acme tries again what is put aside\.$/m,
    );
    expect(stdout).toMatch(
      /^zeta: pipeline failed: pipeline-config\.json: "engines\.transcribe": "magic" is not right/m,
    );
    expect(stdout).not.toContain('other');
    expect(stdout + stderr).not.toMatch(/rec-|4479|ann/);
    const calls = (await collect(place.store('results').list('acme/final/v2.0-flat/calls/'))).map(({ key }) => key);
    expect(calls).toEqual([expect.stringMatching(/\/rec-[0-9a-f]{16}\.jsonl$/)]);
    expect(await place.store('results').folders('zeta/')).toEqual([]);
  });

  it('gives the same as one object, and does nothing twice', async () => {
    place.putCalls();
    await place.configure('acme');
    await place.command('pipeline run -q');
    const before = await collect(place.store('results').list('acme/final/'));
    const { status, stdout } = await place.command('pipeline run --json');
    expect(status).toBe(0);
    const { pipeline } = JSON.parse(stdout);
    expect(pipeline).toEqual([
      expect.objectContaining({
        org: 'acme',
        ingest: expect.objectContaining({ listed: 2, taken: 0 }),
        paid: { calls: 0, minutes: 0, tokens: 0, units: 0 },
        notDone: [expect.objectContaining({ state: 'dead', stage: 'ingest', calls: 1 })],
      }),
    ]);
    expect(stdout).not.toMatch(/rec-|4479/);
    expect(await collect(place.store('results').list('acme/final/'))).toEqual(before);
  });

  it('with --recordings builds the site of the one organization, and says how to see it', async () => {
    place.putCalls();
    const { status, stdout } = await place.command(`pipeline run --recordings ${place.recordings} --org acme`);
    expect(status).toBe(0);
    expect(stdout.split('\n').slice(-3)).toEqual([
      'acme: published build 1 with 1 call (read 1, gone 0, objects refused 0).',
      expect.stringMatching(/^See it: .* preview --org acme$/),
      '',
    ]);
    // Where somebody has stores, nothing is written that nobody asked for.
    expect(await place.store('config').get('acme/pipeline-config.json')).toBeUndefined();
  });

  it.each([
    ['pipeline run', {}, 'No organization in file:'],
    ['pipeline run --org mail', {}, '"mail" is not an organization’s id'],
    ['pipeline run', { CCI_INPUT_URL: '' }, 'CCI_INPUT_URL is missing'],
    ['pipeline run --recordings x', {}, 'takes exactly one --org ID'],
    ['pipeline run --recordings nowhere --org acme', {}, '--recordings: there is no folder nowhere.'],
  ])('%s with %j says what is missing, and does nothing', async (args, env, said) => {
    const { status, stderr } = await place.command(args, env);
    expect(status).toBe(2);
    expect(stderr).toContain(said);
  });

  it('goes on at once where a transcript was put beside a recording, and says of one that was replaced', async () => {
    const { sound, transcript } = oneCall();
    place.put('call.wav', sound);
    await place.configure('acme');
    const first = await place.command('pipeline run');
    expect(first.stdout).toMatch(/^acme: 1 call waits at transcribe: No transcript lies beside the recording/m);
    place.put('call.vtt', transcript);
    expect((await place.command('pipeline run')).stdout).toMatch(/1 call worked on: 1 done\.$/m);
    place.put('call.wav', sound.subarray(0, 400_000));
    expect((await place.command('pipeline run')).stdout).toMatch(
      /^acme: 1 recording has another size than when taken: .*pipeline replay --org acme --call ID --from ingest/m,
    );
  });

  it('makes nothing of a folder without a recording, until there was one', async () => {
    const none = `pipeline run --recordings ${place.recordings} --org acme`;
    const first = await place.command(none);
    expect([first.status, first.stdout.split('\n').at(-2)]).toEqual([
      1,
      expect.stringMatching(
        /^There is no recording in .*\. Unpack archives, or name another folder\. Nothing was built\.$/,
      ),
    ]);
    expect(await place.store('reports').folders('')).toEqual([]);
    place.putCalls();
    await place.command(none);
    rmSync(place.recordings, { recursive: true });
    mkdirSync(place.recordings);
    const later = await place.command(none);
    expect([later.status, later.stdout]).toEqual([
      0,
      expect.stringMatching(/name another folder\.\nacme: nothing has changed; build 1 with 1 call stays/),
    ]);
  });

  it('says that what is named is a file', async () => {
    const file = join(place.recordings, 'calls.zip');
    writeFileSync(file, 'PK');
    const { status, stderr } = await place.command(`pipeline run --recordings ${file} --org acme`);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/calls\.zip is a file\. Name the folder/)]);
  });

  it('says which folder is not there', async () => {
    await place.configure('acme', { provider: { kind: 'folder', url: place.url('nowhere') } });
    const { status, stdout } = await place.command('pipeline run');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^acme: .*There is no folder .*nowhere for recordings/m);
  });
});

describe('run', () => {
  it('runs the pipeline first, builds and digests where it is configured, and builds where it fails', async () => {
    place.putCalls();
    await place.configure('acme');
    const mail = { CCI_MAIL_URL: place.url('outbox'), CCI_MAIL_FROM: 'Reports <reports@cci.example>' };
    const first = await place.command('run', mail);
    expect(first.stdout).toMatch(/1 call worked on: 1 done[\s\S]*acme: published build 1 with 1 call /);
    expect(first.status).toBe(0);
    await place.configure('acme', { nonsense: true });
    const second = await place.command('run', mail);
    expect(second.status).toBe(1);
    expect(second.stdout).toMatch(
      /pipeline failed: pipeline-config\.json has "nonsense"[\s\S]*build 1 with 1 call stays/,
    );
    const third = await place.command('run', { ...mail, CCI_INPUT_URL: '' });
    expect([third.status, third.stdout.includes('pipeline failed')]).toEqual([0, false]);
  });
});

describe('pipeline status', () => {
  it('says what waits or was put aside, and names calls only where that is asked for', async () => {
    place.putCalls();
    await place.configure('acme');
    expect((await place.command('pipeline status')).stdout).toContain(
      'acme: its recordings were never listed to the end.',
    );
    await place.command('pipeline run -q');
    const { status, stdout } = await place.command('pipeline status');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^acme +0 min ago|^acme +\d+ s ago/m);
    expect(stdout).toMatch(/acme: 1 call is put aside at ingest: /);
    expect(stdout).not.toMatch(/rec-/);
    expect((await place.command('pipeline status --calls')).stdout).toMatch(
      /^acme: rec-[0-9a-f]{16} is put aside at ingest\.$/m,
    );
    await place.store('config').put('acme/report-config.json', '{"masking":true}');
    const masked = await place.command('pipeline status --calls --json');
    expect(masked.stdout).not.toMatch(/\d{7}[0-9a-f]*"/);
  });
});

describe('pipeline plan', () => {
  it('says what the next run would take and cost, and spends nothing', async () => {
    place.putCalls();
    await place.configure('acme');
    await place.configure('zeta', { provider: { kind: 'folder', url: place.url('nowhere') } });
    const { status, stdout } = await place.command('pipeline plan');
    expect(status).toBe(1);
    expect(stdout).toContain('acme: the next run takes 2 new recordings and goes on with 0 calls: about 0.00 USD.\n');
    expect(stdout).toMatch(/^zeta: There is no folder /m);
    expect(stdout).not.toMatch(/rec-|4479/);
    await expect(place.store('results').folders('')).resolves.toEqual([]);
    await place.command('pipeline run -q --org acme');
    expect((await place.command('pipeline plan --org acme')).stdout).toContain('takes 0 new recordings');
  });

  it('counts with list prices of what is paid for, or with those of the organization', () => {
    const used = { minutes: 10, units: 1000, tokens: 2_000_000 };
    const local = PipelineConfig.parse({});
    expect(costText(priced(local, used))).toBe('0.00 USD');
    const aws = { transcribe: 'amazon', sentiment: 'comprehend', evaluate: 'bedrock' };
    expect(priced(PipelineConfig.parse({ engines: aws }), used)).toMatchObject({
      minutes: 0.24,
      units: 0.1,
      tokens: 3,
    });
    const own = { currency: 'EUR', minute: 0.02, sentimentUnit: 0, millionTokens: 1 };
    expect(costText(priced(PipelineConfig.parse({ engines: aws, prices: own }), used))).toBe('2.20 EUR');
  });
});
