import { edit, type Mutant, mutant } from './mutant.ts';

const at = (file: string): string => `generator/pipeline/${file}`;
const INGEST = at('ingest');
const RUN = at('run');
const OUTPUTS = at('outputs/outputs');
const SCHEDULES = at('schedules');
const ONE_END =
  'comes to one end however events are doubled, lost and out of order, and whoever dies: nothing is lost, and nothing is paid for twice but by a death';

/** How recordings become what the report reads: what the first pipeline did wrong, and what would lose or double calls. */
export const PIPELINE: Mutant[] = [
  mutant(
    'recordings that appear late are lost',
    edit(at('ingest/watermark.ts'), 'Date.parse(watermark.time) - OVERLAP_MS', 'Date.parse(watermark.time)'),
    INGEST,
    'takes a recording that appears 20 hours late, and each one once',
  ),
  mutant(
    'a listing that broke off counts as whole',
    edit(at('ingest.ts'), 'return { ...counts, problem: error.problems };', 'counts.problem = error.problems;'),
    INGEST,
    'keeps what a listing gave before it broke off, and asks again from the same place',
  ),
  mutant(
    'the agents’ domain is the one of the first customer',
    edit(at('outputs/parties.ts'), 'inDomains(party, agentDomains)', "inDomains(party, ['first.example'])"),
    OUTPUTS,
    'follows from whose the ends are',
  ),
  mutant(
    'the sound lies there before its metadata',
    [
      edit(
        at('ingest.ts'),
        'await stores.input.put(metaKey(org, recording.id), stableJson({ raw: recording.raw }));\n',
        '',
      ),
      edit(
        at('ingest.ts'),
        '  await stores.input.put(audioKey(org, recording.id, extension)',
        '  setImmediate(() => void stores.input.put(metaKey(org, recording.id), stableJson({ raw: recording.raw })));\n  await stores.input.put(audioKey(org, recording.id, extension)',
      ),
    ],
    INGEST,
    'has written everything else of a recording before its sound',
  ),
  mutant(
    'a download that failed is forgotten',
    edit(at('ingest.ts'), 'return !isDead;', 'return false;'),
    INGEST,
    'keeps asking for a recording that could not be downloaded, however long, and says that it waits',
  ),
  mutant(
    'names of jobs are by chance: two jobs of one call',
    edit(at('transcribe.ts'), 'jobName(org, call, hash)', 'String(Math.random())'),
    RUN,
    'asks for a transcription that takes its time, and pays for it once',
  ),
  mutant(
    'any text is the id of a call',
    edit(at('keys.ts'), '/^[\\w-][\\w.-]{0,127}$/.test(id)', "id !== ''"),
    INGEST,
    'leaves out meetings only where it is told to, and counts what has no usable id',
  ),
  mutant(
    'what can never go well is tried for ever',
    edit(at('advance.ts'), "kind === 'poison' ? 'dead' : 'waiting'", "'waiting'"),
    RUN,
    'puts aside what can never go well, with its reason, and does the others',
  ),
  mutant(
    'the length of a call is made up',
    edit(at('outputs/final.ts'), 'audio?.facts?.seconds ?? null', '3'),
    RUN,
    'takes the measured length where the provider gives no times',
  ),
  mutant(
    'a call that was not evaluated has 0 and E',
    edit(
      at('outputs/final.ts'),
      'calls: { ...call, ...sentiment, ...insights, ...overall }',
      "calls: { ...call, ...sentiment, ...insights, ...(overall ?? { overall_score: 0, grade: 'E' }) }",
    ),
    RUN,
    'puts aside what can never go well, with its reason, and does the others',
  ),
  mutant(
    'weights count for nothing',
    edit(at('outputs/score.ts'), 'total > 0 ? weight / total', 'total < 0 ? weight / total'),
    OUTPUTS,
    'is the weighted mean of what was evaluated, with the grades’ floors',
  ),
  mutant(
    'quotes that nobody said stand as evidence',
    edit(at('outputs/score.ts'), 'findQuote(quote, turns) !== undefined', "quote !== ''"),
    OUTPUTS,
    'drops quotes that nobody said, and gives each failed rule a note',
  ),
  mutant(
    'an insight replaces a field of the call',
    edit(at('task.ts'), ' && !RESERVED.includes(key)', ''),
    at('task'),
    'reads rules and insights, and leaves out names that are the pipeline’s own',
  ),
  mutant(
    'an answer that lies there is not looked for',
    edit(at('session.ts'), 'if (stored) return stored;', ''),
    SCHEDULES,
    ONE_END,
  ),
  mutant(
    'nobody says that they pay for a call just now',
    edit(at('session.ts'), '  await claim(session, stage);\n', ''),
    SCHEDULES,
    ONE_END,
  ),
  mutant(
    'a call is no longer looked for before it is done',
    edit(at('ingest.ts'), "await stores.results.put(openKey(org, recording.id), '');", ''),
    INGEST,
    'has written everything else of a recording before its sound',
  ),
  mutant(
    'an erased call leaves its answers',
    edit(at('remove.ts'), 'jobName(org, call, asked));\n    await take(results, key);', 'jobName(org, call, asked));'),
    at('again/again'),
    'leaves nothing of the call, nor what would tell that it was there, and the next run does not bring it back',
  ),
];
