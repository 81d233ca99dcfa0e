import { edit, type Mutant, mutant } from './mutant.ts';

const at = (file: string): string => `generator/pipeline/${file}`;
const CONFORMANCE = at('providers/testing/conformance');
const LAMBDA = at('lambda/lambda');

/** Faults of pipelines that were seen elsewhere, in what is asked of providers and services, and what is done with messages. */
export const PIPELINE_ELSEWHERE: Mutant[] = [
  mutant(
    'one page of a listing is all of it',
    edit(at('providers/oak/pages.ts'), 'if (found.size >= most) return', 'if (found.size > 0) return'),
    CONFORMANCE,
    'lists every recording once, oldest first, with what is known of it',
  ),
  mutant(
    'fewer recordings than the provider counts are all of them',
    edit(
      at('providers/oak/pages.ts'),
      'throw short(server, found.size, most);',
      'return most < 0 ? Promise.reject(short(server, found.size, most)) : [...found.values()];',
    ),
    CONFORMANCE,
    'never takes a list that lacks its end for all that there is',
  ),
  mutant(
    'a store that fails is one that has nothing',
    edit(
      at('ingest/known.ts'),
      'await readRecord(stores.results, org, id);',
      'await readRecord(stores.results, org, id).catch(() => undefined);',
    ),
    at('ingest'),
    'does not take a store that fails for one that has nothing',
  ),
  mutant(
    'a run says that all went well whatever failed',
    edit('generator/commands/pipeline/tell.ts', "'problems' in outcome ||", "!('problems' in outcome) &&"),
    'generator/commands/pipeline/pipeline',
    'works for each organization that has a pipeline, and names no call',
  ),
  mutant(
    'what a provider answers to a password is told',
    edit(
      at('providers/http.ts'),
      '    await answer.body?.cancel();\n',
      "    if (answer.status === 400) throw new PipelineError('configuration', [(await answer.text()) as never]);\n    await answer.body?.cancel();\n",
    ),
    CONFORMANCE,
    'says without a word of the answer that its password is wrong',
  ),
  mutant(
    'organizations beyond the first page are forgotten',
    edit('generator/store/s3-list.ts', '} while (token);', '} while (token === null);'),
    at('lambda/organizations'),
    'finds every organization that has a pipeline, on whatever page of the listing it stands',
  ),
  mutant(
    'an id that no key can have is cut to what one can have',
    edit(at('providers/ids.ts'), 'isCallId(own) ? own : hashedId(own)', "own.replace(/[^a-w]/g, '')"),
    CONFORMANCE,
    'takes any name for an id, and loses none',
  ),
  mutant(
    'only the first message of a batch is read',
    edit(at('lambda/stage-handler.ts'), 'of Records)\n', 'of Records.slice(0, 1))\n'),
    LAMBDA,
    'gives single messages back, and works on the others',
  ),
  mutant(
    'one bad message fails its whole batch',
    edit(at('lambda/stage-handler.ts'), 'failed.push({ itemIdentifier: messageId });', 'throw error;'),
    LAMBDA,
    'gives single messages back, and works on the others',
  ),
  mutant(
    'a transcription that failed is waited for',
    edit(at('engines/amazon-transcribe.ts'), "if (status === 'FAILED') {", "if (status === 'NEVER') {"),
    at('engines/amazon-transcribe'),
    'stops the organization where a right is missing, and can be begun again once it is there',
  ),
  mutant(
    'any object beside transcripts is one',
    edit(at('lambda/events.ts'), ' || !isCallId(call)) return [];', ') return [];'),
    at('lambda/events'),
    'the event of acme/raw/.write_access_check_file.temp names []',
  ),
  mutant(
    'without rules a call is broken',
    edit(at('task.ts'), 'qa?.qa_rules ?? []', 'qa?.qa_rules'),
    at('task'),
    'reads rules and insights, and leaves out names that are the pipeline’s own',
  ),
  mutant(
    'a transcript that cannot be read is one of silence',
    edit(
      at('enrich.ts'),
      "made?.transcribe ?? ''))?.document;",
      "made?.transcribe ?? '').catch(() => undefined))?.document ?? { results: { items: [] } };",
    ),
    at('run'),
    'takes no call for a silent one whose transcript cannot be read',
  ),
];
