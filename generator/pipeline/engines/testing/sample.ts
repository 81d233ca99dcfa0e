import type { AudioFacts, Job, Task, Turn } from '../../ports.ts';

/** A call, a job and a task for the engines' suites. */

/** Nobody has stopped anything. */
export const running = (): AbortSignal => new AbortController().signal;

/** @returns a signal that has been stopped */
export function stopped(): AbortSignal {
  const control = new AbortController();
  control.abort(new DOMException('stopped', 'AbortError'));
  return control.signal;
}

/** Stereo sound of ten seconds, as a provider would give it. @param change what is otherwise */
export function sampleJob(change: Partial<Job> & { facts?: Partial<AudioFacts>; body?: Uint8Array } = {}): Job {
  const { facts, body = new Uint8Array(44), ...rest } = change;
  const audio: AudioFacts = { extension: 'wav', seconds: 10, channels: 2, sampleRate: 16_000, ...facts };
  return {
    name: 'cci-acme-0123456789abcdef',
    org: 'acme',
    call: 'rec-1',
    language: 'en-US',
    audio: { key: 'acme/audio/rec-1.wav', etag: '"e1"', facts: audio, read: async () => body },
    ...rest,
  };
}

/** A short call in which some rules of `SAMPLE_TASK` are met. */
export const SAMPLE_TURNS: Turn[] = [
  { speaker: 'agent', start: 0.5, end: 3, text: 'Thank you for calling Acme, my name is Jo. How can I help?' },
  { speaker: 'customer', start: 3.2, end: 8, text: 'My parcel never came and nobody has told me why.' },
  { speaker: 'agent', start: 8.4, end: 12, text: 'I am sorry to hear that. Let me look it up for you.' },
  { speaker: 'customer', start: 12.3, end: 14, text: 'Thank you, that would be great.' },
  { speaker: 'agent', start: 14.2, end: 20, text: 'It will be with you tomorrow. Is there anything else?' },
  { speaker: 'customer', start: 20.5, end: 22, text: 'No, that was all. Goodbye.' },
];

/** Three rules, of which one is met, one is not and one can be told by a model alone, and two insights. */
export const SAMPLE_TASK: Task = {
  rules: [
    {
      name: 'Greeting',
      category: 'Opening',
      weight: 2,
      description: 'The agent greets and says the company’s name.',
      match: { speaker: 'agent', any: ['thank you for calling'], within: 'first 30 s' },
    },
    {
      name: 'Identity check',
      category: 'Compliance',
      weight: 3,
      description: 'The agent asks for the postcode and the date of birth.',
      match: { speaker: 'agent', any: ['your postcode and date of birth'] },
    },
    { name: 'Empathy', category: 'Manner', weight: 1, description: 'The agent says that he or she understands.' },
  ],
  insights: { summary: { type: 'string' }, topic: { type: 'string' } },
  instructions: 'Summarise the call in at most three sentences.',
};
