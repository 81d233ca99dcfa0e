import { z } from 'zod';
import { isLocale } from '#shared/format/locale.ts';
import { zoneProblem } from '../lib/time-zones.ts';
import { patternProblem } from './providers/folder/pattern.ts';

/** A check by what a function says is wrong, as the end of a sentence. */
const unless = (problem: (value: string) => string | undefined) => (value: string, context: z.RefinementCtx) => {
  const message = problem(value);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
};

const TimeZone = z
  .string()
  .superRefine(unless(zoneProblem))
  .optional()
  .describe('IANA zone of times without one. Default: UTC.');
const Since = z.iso
  .date()
  .optional()
  .describe('Day from which on recordings are fetched at first, as 2026-03-30. Default: 30 days back.');

/** Of a server with an API like OpenAI's. */
const Address = z.url().describe('Its base address, such as http://127.0.0.1:8081.');
const Key = z.string().optional().describe('Name of a secret with "key", where it asks for one.');

/** Which engine does what. */
const Engines = z
  .strictObject({
    transcribe: z
      .enum(['sidecar', 'amazon', 'openai', 'pocketsphinx'])
      .default('sidecar')
      .describe('Who makes text of sound. sidecar: transcripts that lie beside the recordings. Default: sidecar.'),
    sentiment: z
      .enum(['lexicon', 'comprehend'])
      .default('lexicon')
      .describe('Who scores sentiment. Default: lexicon, which claims little.'),
    evaluate: z
      .enum(['phrases', 'bedrock', 'openai'])
      .default('phrases')
      .describe('Who checks the QA rules. phrases: only rules with "match" in qa-config.json. Default: phrases.'),
    amazon: z
      .strictObject({
        redact: z.boolean().default(false).describe('Have Transcribe replace personal data in the text.'),
      })
      .prefault({})
      .describe('Settings of Amazon Transcribe.'),
    bedrock: z
      .strictObject({
        model: z.string().min(1).describe('Id of a model or of an inference profile.'),
        json: z
          .enum(['schema', 'strict-tool', 'tool'])
          .default('tool')
          .describe('How the model is held to the form of the answer, by what it can do.'),
      })
      .optional()
      .describe('Settings of Amazon Bedrock.'),
    openaiSpeech: z
      .strictObject({
        url: Address,
        model: z.string().min(1).default('whisper-1').describe('Name of its model.'),
        secret: Key,
      })
      .optional()
      .describe(
        'A server with /v1/audio/transcriptions: its base address, model, and the name of a secret with "key".',
      ),
    openaiChat: z
      .strictObject({ url: Address, model: z.string().min(1).describe('Name of its model.'), secret: Key })
      .optional()
      .describe('A server with /v1/chat/completions: its base address, model, and the name of a secret with "key".'),
    pocketsphinx: z
      .strictObject({
        allowTelephone: z
          .boolean()
          .default(false)
          .describe('Also take sound below 16 kHz, of which about every second word comes out wrong.'),
      })
      .prefault({})
      .describe('Settings of pocketsphinx.'),
  })
  .prefault({})
  .describe('Which engine does what, and the settings of each.');

const Provider = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('folder').describe('A folder with recordings.'),
      url: z.string().optional().describe('file: or s3: address of the folder with recordings.'),
      pattern: z
        .string()
        .max(500)
        .superRefine(unless(patternProblem))
        .optional()
        .describe(
          'Regular expression with named groups from, to, started, ended, agent, direction, group, call_id, for names of files.',
        ),
      timeZone: TimeZone,
    }),
    z.strictObject({
      kind: z.literal('oak').describe('ClarifyGo (OAK).'),
      secret: z
        .string()
        .startsWith('cci-lite/oak/')
        .optional()
        .describe('Name of the secret. Default: cci-lite/oak/<org>.'),
      since: Since,
      timeZone: TimeZone,
    }),
    z.strictObject({
      kind: z.literal('3cx').describe('3CX.'),
      secret: z
        .string()
        .startsWith('cci-lite/3cx/')
        .optional()
        .describe('Name of the secret. Default: cci-lite/3cx/<org>.'),
      since: Since,
      timeZone: TimeZone,
    }),
  ])
  .default({ kind: 'folder' })
  .describe('Where the recordings come from.');

/** `pipeline-config.json`: every key is optional. */
export const PipelineConfig = z
  .strictObject({
    $schema: z.string().optional().describe('Location of this file’s JSON Schema, for editors only.'),
    provider: Provider,
    engines: Engines,
    language: z
      .string()
      .refine((value) => value === 'auto' || isLocale(value), 'is not a language: write it as en-GB, or auto')
      .default('en-US')
      .describe('Language that is spoken, as BCP 47, or auto.'),
    channels: z
      .strictObject({
        left: z.enum(['agent', 'customer']).describe('Who is heard on the left.'),
        right: z.enum(['agent', 'customer']).describe('Who is heard on the right.'),
      })
      .refine(({ left, right }) => left !== right, 'names the same party twice')
      .optional()
      .describe('Who is on which channel of stereo sound. Default: what the provider says, else agent left.'),
    agentDomains: z
      .array(z.string().min(1))
      .optional()
      .describe('Domains of agents’ addresses. Default: those of report-config.json.'),
    agentNumbers: z.array(z.string().min(1)).default([]).describe('Numbers that are the organization’s own.'),
    greetings: z
      .array(z.string().min(3))
      .default([])
      .describe(
        'Phrases that only agents say, such as “thank you for calling Acme”: they tell the voices of mono sound apart.',
      ),
    meetings: z
      .enum(['keep', 'leave out'])
      .default('keep')
      .describe('What becomes of recordings without an outside party.'),
    shortestSeconds: z.number().min(0).default(1).describe('Shorter sound is put aside as dead, with this reason.'),
    longestMinutes: z
      .number()
      .min(1)
      .max(240)
      .default(240)
      .describe('Longer sound is put aside as dead, with this reason.'),
    budgets: z
      .strictObject({
        maxMinutesPerDay: z
          .number()
          .positive()
          .optional()
          .describe('Minutes of sound that are transcribed in a day (UTC).'),
        maxTokensPerDay: z.number().positive().optional().describe('Tokens of a model in a day (UTC).'),
      })
      .prefault({})
      .describe('What may be spent. Calls beyond it wait.'),
    prices: z
      .strictObject({
        currency: z.string().min(1).max(10).default('USD').describe('In which the prices are.'),
        minute: z.number().min(0).optional().describe('Of a minute of sound that is transcribed.'),
        sentimentUnit: z.number().min(0).optional().describe('Of a unit of sentiment, 100 characters.'),
        millionTokens: z
          .number()
          .min(0)
          .optional()
          .describe('Of a million tokens of a model, read and written together.'),
      })
      .prefault({})
      .describe('What engines cost, for plan and status. Default: list prices on AWS as assumed, 0 for all else.'),
  })
  .describe('What the pipeline of one organization does. All keys are optional.');

export type Config = z.infer<typeof PipelineConfig>;
