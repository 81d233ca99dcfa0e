import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { daysTo } from '../data/calendar.ts';
import { energy } from '../data/energy.ts';
import { spokenTurns } from '../data/records.ts';
import { RECORDED, recordedObjects, recordedPlan, soundOf } from './recorded.ts';

const [day] = daysTo('2026-11-26', 1, energy.timeZone);

test.each(RECORDED)(
  'what is heard of $name is what the demo’s call says now, in small sounds; else run make.ts',
  (recorded) => {
    const { transcript, seconds } = soundOf(recorded);
    expect(transcript.map(({ text }) => text)).toEqual(
      spokenTurns(recordedPlan(recorded)).turns.map(({ text }) => text),
    );
    const bytes = readFileSync(new URL(`${recorded.name}.mp3`, import.meta.url));
    expect(bytes.byteLength).toBeLessThan(150_000);
    // Of 16 kbit a second.
    expect(Math.abs(bytes.byteLength / 2000 - seconds)).toBeLessThan(1);
    for (const [i, { start_time, end_time }] of transcript.entries())
      expect([start_time < end_time, end_time <= (transcript[i + 1]?.start_time ?? seconds)]).toEqual([true, true]);
  },
);

test('on any day they are calls as others are, with their recordings beside them', () => {
  const calls = recordedObjects(day ?? expect.fail());
  const ids = calls.map(({ input, results }) => {
    const [id = ''] = input.flatMap(({ key }) => /^org_\w+\/audio\/(.+)\.mp3$/.exec(key)?.[1] ?? []);
    const record = results.find(({ key }) => key.endsWith(`/calls/${id}.jsonl`))?.body;
    expect(JSON.parse(String(record))).toMatchObject({
      call_id: id,
      start_timestamp: expect.stringMatching(/^2026-11-26T/),
      audio_uri: expect.stringMatching(new RegExp(`/audio/${id}.mp3$`)),
    });
    return id;
  });
  expect(new Set(ids).size).toBe(RECORDED.length);
});
