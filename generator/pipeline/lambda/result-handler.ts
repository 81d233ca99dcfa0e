import { stageHandler } from './stage-handler.ts';

/** A transcript has come: who says what, and how they feel about it, becomes `enriched/`. */
export const handler = stageHandler('enrich', ({ stage, job }) => stage === 'enrich' || job !== undefined);
