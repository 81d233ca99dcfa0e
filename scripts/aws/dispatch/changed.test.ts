import { expect, it } from 'vitest';
import { changedIn, dispatchBody } from './changed.ts';

const event = (key: string) =>
  JSON.stringify({ source: 'aws.s3', detail: { bucket: { name: 'results' }, object: { key } } });
const named = (keys: string[], prefix = '') => [...changedIn(keys.map(event), prefix).organizations].sort();

it('names each organization once, by the first folder of a key', () => {
  expect(named(['org_2/enriched/a.json', 'org_1/final/v2.0-flat/qa/a.jsonl', 'org_2/enriched/b.json'])).toEqual([
    'org_1',
    'org_2',
  ]);
});

it('reads keys below the folder of the results alone', () => {
  expect(named(['out/org_1/enriched/a.json', 'org_2/enriched/a.json', 'out/x.json'], 'out/')).toEqual(['org_1']);
});

it('names nobody for what is of no organization', () => {
  expect(changedIn([event('mail/x/a.json'), event('a.json'), event('/enriched/a.json')], '')).toEqual({
    organizations: new Set(),
    all: false,
  });
});

it('takes what it cannot read for a change of any organization', () => {
  for (const body of ['', 'hello', '{}', '{"detail":{"object":{}}}']) expect(changedIn([body], '').all).toBe(true);
});

it('writes ids and nothing else, at most what GitHub takes and plan reads', () => {
  const bodyOf = (count: number, all = false, length = 8) => {
    const ids = Array.from({ length: count }, (_, at) => `o${String(at).padStart(length, '0')}`);
    return JSON.parse(dispatchBody({ organizations: new Set(ids), all })) as { client_payload: object };
  };
  expect(bodyOf(2)).toEqual({
    event_type: 'pipeline-finished',
    client_payload: { organizations: ['o00000000', 'o00000001'] },
  });
  expect(bodyOf(1000)).toHaveProperty('client_payload.organizations.999');
  // None means every organization.
  for (const body of [bodyOf(1001), bodyOf(1000, false, 63), bodyOf(2, true)]) expect(body.client_payload).toEqual({});
});
