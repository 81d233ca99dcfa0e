import { ANSWERS } from './bugs/answers.ts';
import { ERASING } from './bugs/erase.ts';
import { ESCAPING } from './bugs/escaping.ts';
import { FRONT } from './bugs/front.ts';
import { LAYERS } from './bugs/layers.ts';
import { LEDGER_BUGS } from './bugs/ledger.ts';
import { MASKING_BUGS } from './bugs/masking.ts';
import type { Mutant } from './bugs/mutant.ts';
import { OPERATING } from './bugs/operate.ts';
import { PIPELINE } from './bugs/pipeline.ts';
import { PIPELINE_ELSEWHERE } from './bugs/pipeline-elsewhere.ts';
import { PIPELINE_ENGINES } from './bugs/pipeline-engines.ts';
import { PLAYBACK } from './bugs/playback.ts';
import { PUBLISHING } from './bugs/publish.ts';
import { REQUESTS } from './bugs/requests.ts';
import { SEARCH } from './bugs/search.ts';
import { SESSIONS } from './bugs/sessions.ts';
import { SHORT_WAY } from './bugs/short-way.ts';
import { SOUND } from './bugs/sound.ts';
import { STATE } from './bugs/state.ts';
import { STORES } from './bugs/stores.ts';

/** Bugs that the product could have, one at a time. */
export const MUTANTS: Mutant[] = [
  ...[...LAYERS, ...STORES, ...SESSIONS, ...SHORT_WAY, ...REQUESTS, ...ANSWERS, ...PLAYBACK, ...FRONT],
  ...[...PUBLISHING, ...STATE, ...SEARCH, ...LEDGER_BUGS, ...ERASING, ...OPERATING, ...MASKING_BUGS, ...ESCAPING],
  ...[...SOUND, ...PIPELINE, ...PIPELINE_ENGINES, ...PIPELINE_ELSEWHERE],
];
