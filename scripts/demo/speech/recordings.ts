import { readFileSync } from 'node:fs';
import { writeWav } from '../../../generator/pipeline/audio/wav.ts';
import type { Recording, RecordingProvider } from '../../../generator/pipeline/ports.ts';
import { type Day, daysTo, yesterday } from '../data/calendar.ts';
import { channelsOf, SPOKEN, type SpokenCall } from './script.ts';
import { readTranscript } from './sidecars.ts';
import { speakCall } from './speak.ts';
import { agentAddress, TIME_ZONE } from './tenant.ts';

/** Hertz of the hum that stands for a sound which is not kept. */
const RATE = 1000;

/** Calls of which the recording is not kept with the demo. */
export const UNHEARD: readonly string[] = SPOKEN.filter(({ recorded }) => !recorded).map(({ name }) => name);

/**
 * The twelve calls as a provider has them, on the last days before a time: with the transcripts that are kept, or spoken on the spot.
 * Of calls whose sound is not kept it gives a hum of the same length.
 */
export function speechProvider(now: Date, isSpoken: boolean): RecordingProvider {
  const days = daysTo(yesterday(now, TIME_ZONE), 3, TIME_ZONE);
  const recordings = SPOKEN.map((call, i) => recordingOf(call, i, days)).sort((a, b) =>
    (a.started ?? '') < (b.started ?? '') ? -1 : 1,
  );
  const callOf = ({ id }: Recording): SpokenCall => {
    const call = SPOKEN.find(({ name }) => name === id);
    if (!call) throw new Error(`no call ${id} of the demo`);
    return call;
  };
  return {
    name: 'voices of the demo',
    async *list() {
      yield* recordings;
    },
    async download(recording) {
      const call = callOf(recording);
      const { name, recorded } = call;
      if (isSpoken) return { body: speakCall(call), extension: 'wav' };
      if (recorded)
        return { body: readFileSync(new URL(`../sounds/${recorded.name}.mp3`, import.meta.url)), extension: 'mp3' };
      return { body: hum(readTranscript(name).seconds), extension: 'wav' };
    },
    async sidecar({ id }) {
      return isSpoken ? undefined : { name: `${id}.vtt`, body: readTranscript(id).body };
    },
  };
}

function recordingOf(call: SpokenCall, index: number, days: readonly Day[]): Recording {
  const { name, agent, direction, ago, time } = call;
  const noon = days.at(-1 - ago)?.noon ?? 0;
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const start = noon + ((hours - 12) * 60 + minutes) * 60_000;
  const outside = `+44117496${String(100 + index * 37).padStart(4, '0')}`;
  const [from, to] = direction === 'inbound' ? [outside, agentAddress(agent)] : [agentAddress(agent), outside];
  const [started, ended] = [iso(start), iso(start + readTranscript(name).seconds * 1000)];
  return {
    ...{ id: name, from, to, started, ended, agent: agentAddress(agent), version: '1' },
    channels: channelsOf(call),
    raw: { from, to, started, ended, spokenBy: 'machines' },
  };
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** A WAV file of one channel that is not silent. */
function hum(seconds: number): Uint8Array {
  const samples = Int16Array.from(
    { length: seconds * RATE },
    (_, i) => 2000 * Math.sin((2 * Math.PI * 100 * i) / RATE),
  );
  return writeWav(samples, RATE);
}
