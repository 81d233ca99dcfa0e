import { edit, type Mutant, mutant } from './mutant.ts';

const TRANSCRIBE = 'generator/pipeline/transcript/transcribe-json';
const SPEAKERS = 'generator/pipeline/transcript/speakers';
const PHRASES = 'generator/pipeline/rules/phrases';
const AUDIO = 'generator/pipeline/audio/audio';

/** From sound to turns, and what is found in them. The first five are faults of the pipeline that the system began with. */
export const SOUND: Mutant[] = [
  mutant(
    'a document with channels read as an empty transcript',
    edit(`${TRANSCRIBE}.ts`, 'wordsOf(channel.items ?? [], ', 'wordsOf([], '),
    TRANSCRIBE,
    'channels have their words in items, and are put together by time',
  ),
  mutant(
    'words given to whoever speaks at their time',
    edit(
      `${TRANSCRIBE}.ts`,
      '(item) => item.channel_label ?? item.speaker_label ?? labelOf(item)',
      '(item) => items.findLast((each) => (each.start_time ?? 0) <= (item.start_time ?? 0) && (each.end_time ?? 0) >= (item.end_time ?? 0))?.speaker_label ?? labelOf(item)',
    ),
    TRANSCRIBE,
    'words stand with whom their label names, also where two speak at once, and once each',
  ),
  mutant(
    'punctuation dropped',
    edit(`${TRANSCRIBE}.ts`, 'if (before) before.text += text;', 'if (before) before.text += "";'),
    TRANSCRIBE,
    'words stand with whom their label names, also where two speak at once, and once each',
  ),
  mutant(
    'length of sound made up',
    edit('generator/pipeline/audio/probe.ts', 'seconds: wav.frames / wav.sampleRate', 'seconds: 3'),
    AUDIO,
    'facts of sound: length, channels, rate, and what is the same',
  ),
  mutant(
    'the first voice taken for the agent, whatever the channels say',
    edit(`${SPEAKERS}.ts`, 'voices.every((voice) => CHANNEL.test(voice))', 'voices.every((voice) => voice === "")'),
    SPEAKERS,
    'channels are who the map says; the agent on the left without one',
  ),
  mutant(
    'a greeting that both say decides who is the agent',
    edit(`${SPEAKERS}.ts`, 'greeting.length < Math.max(2, voices.length)', 'greeting.length < 9'),
    SPEAKERS,
    'a phrase that all say decides nothing; two agents of a call that was passed on are both agents',
  ),
  mutant(
    'a rule failed where nobody knows who spoke',
    edit(`${PHRASES}.ts`, 'if (maybe) return', 'if (maybe && any.length < 0) return'),
    PHRASES,
    'nothing is guessed: who, when and what must be known',
  ),
  mutant(
    'a quote found without its “not”',
    edit('generator/pipeline/rules/match.ts', 'NEGATION.test(word) ? NEVER : 1', 'NEGATION.test(word) ? 1 : 1'),
    PHRASES,
    'a “not” more or less is another sentence',
  ),
];
