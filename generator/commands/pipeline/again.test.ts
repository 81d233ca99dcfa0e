import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../store/ranges.ts';
import { openPlace, type Place, RULES } from './testing/place.ts';
import { oneCall } from './testing/recordings.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place[Symbol.dispose]());

/** The id of the call that can be worked on, and of the one that is put aside. */
async function ids(): Promise<{ done: string; dead: string }> {
  const { stdout } = await place.command('pipeline status --calls --json');
  const dead = JSON.parse(stdout).organizations[0].calls[0].call as string;
  const [flat] = await collect(place.store('results').list('acme/final/v2.0-flat/calls/'));
  return { done: flat?.key.split('/').at(-1)?.replace('.jsonl', '') ?? '', dead };
}
const rowsOf = async (call: string): Promise<{ rule_name: string; pass?: boolean }[]> => {
  const body = (await place.store('results').get(`acme/final/v2.0-flat/qa/${call}.jsonl`))?.body;
  return Buffer.from(body ?? [])
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
};

describe('a call that was worked on', () => {
  beforeEach(async () => {
    place.putCalls();
    await place.configure('acme');
    await place.store('config').put('acme/qa-config.json', JSON.stringify(RULES));
    await place.command('pipeline run -q');
  });

  it('is judged again after a change of rules, and only then', async () => {
    const { done } = await ids();
    expect((await place.command('pipeline reanalyse --org acme')).stdout).toMatch(
      /^acme: 0 calls judged again, .* 0 left/,
    );
    const rules = {
      qa_rules: [...RULES.qa_rules, { rule_name: 'Says its name', weight: 1, match: { any: ['this is ann'] } }],
    };
    await place.store('config').put('acme/qa-config.json', JSON.stringify(rules));
    const dry = await place.command('pipeline reanalyse --org acme --dry-run');
    expect(dry.stdout).toBe('acme: 1 call would be judged again, about 0.00 USD; nothing was done. 0 would be left.\n');
    expect((await rowsOf(done)).map((row) => row.rule_name)).not.toContain('Says its name');
    const { status, stdout } = await place.command('pipeline reanalyse --org acme --limit 5');
    expect([status, stdout]).toEqual([
      0,
      'acme: 1 call judged again, 0 waiting, 0 put aside; 0.00 USD. 0 left that were judged by another configuration.\n',
    ]);
    expect(await rowsOf(done)).toContainEqual(expect.objectContaining({ rule_name: 'Says its name', pass: true }));
  });

  it('is done again from a stage, with what is there by now', async () => {
    const { done, dead } = await ids();
    const before = await collect(place.store('results').list('acme/pipeline/answers/'));
    for (const from of ['transcribe', 'enrich', 'analyse']) {
      const { status, stdout } = await place.command(`pipeline replay --org acme --call ${done} --from ${from}`);
      expect([from, status, stdout]).toEqual([
        from,
        0,
        expect.stringMatching(/^acme: of 1 call 1 done, 0 waiting, 0 put aside; 0\.00 USD\. Build/),
      ]);
    }
    expect((await collect(place.store('results').list('acme/pipeline/answers/'))).length).toBeGreaterThan(
      before.length,
    );
    // Its sound has been mended meanwhile.
    place.put('broken_+447946000902.wav', oneCall().sound);
    place.put('broken_+447946000902.vtt', oneCall().transcript);
    const waits = await place.command(`pipeline replay --org acme --call ${dead}`);
    expect([waits.status, waits.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^acme: of 1 call 0 done, 1 waiting[^\n]*\nacme: 1 call waits at ingest: The next pipeline run takes/,
      ),
    ]);
    expect((await place.command('pipeline run')).stdout).toMatch(
      /^acme: 2 recordings listed, .*1 call worked on: 1 done\.$/m,
    );
    const unknown = await place.command('pipeline replay --org acme --call nobody');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('knows no such call')]);
  });

  it('is erased once its provider no longer lists it, and leaves nothing', async () => {
    const { done } = await ids();
    const refused = await place.command(`pipeline erase --org acme --call ${done}`);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('Delete 20261123-081500_+447946000901_ann.wav there first');
    for (const ending of ['wav', 'vtt']) rmSync(join(place.recordings, `20261123-081500_+447946000901_ann.${ending}`));
    const { status, stdout } = await place.command(`pipeline erase --org acme --call ${done}`);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^acme: the call is erased from the pipeline; \d+ objects removed/),
    ]);
    for (const name of ['input', 'results'])
      for (const { key } of await collect(place.store(name).list(''))) {
        const body = Buffer.from((await place.store(name).get(key))?.body ?? []).toString('latin1');
        expect([key, `${key} ${body}`.includes(done)]).toEqual([key, false]);
      }
    expect((await place.command(`pipeline erase --org acme --call ${done}`)).stdout).toContain(
      'keeps nothing of such a call',
    );
    expect((await place.command('pipeline run')).stdout).toMatch(/1 recording listed, 0 new; nothing to work on\.$/m);
  });
});
