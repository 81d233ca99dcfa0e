import { expect, it } from 'vitest';
import { callsIn } from './events.ts';

const created = (key: string) =>
  JSON.stringify({
    'detail-type': 'Object Created',
    source: 'aws.s3',
    detail: { bucket: { name: 'b' }, object: { key, size: 1 } },
  });

it.each([
  ['acme/audio/call-1.wav', ['call-1']],
  ['acme/raw/call.2.json', ['call.2']],
  ['folder/of/results/acme/enriched/call-1.json', ['call-1']],
  ['acme/raw/redacted-call-1.json', ['redacted-call-1', 'call-1']],
  ['acme/raw/.write_access_check_file.temp', []],
  ['acme/meta/call-1.json', []],
  ['acme/audio/sub/call-1.wav', []],
  ['../audio/call-1.wav', []],
  ['acme/audio/..', []],
  ['call-1.wav', []],
])('the event of %s names %j', (key, calls) => {
  expect(callsIn(created(key))?.map(({ call }) => call)).toEqual(calls);
});

it('reads our own messages, and takes nothing for one that is none', () => {
  expect(callsIn('{"org":"acme","call":"call-1"}')).toEqual([{ org: 'acme', call: 'call-1' }]);
  for (const body of [
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"org":"../x","call":"a"}',
    '{"org":"acme","call":"../a"}',
    '{"detail":{"object":{"key":7}}}',
  ])
    expect(callsIn(body)).toBeUndefined();
});
