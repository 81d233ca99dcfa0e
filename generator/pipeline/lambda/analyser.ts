import { stageHandler } from './stage-handler.ts';

/** A transcript is enriched: its rules are judged, and `final/` is written. What is done already only leaves those that are open. */
export const handler = stageHandler('analyse', ({ stage }) => stage === 'analyse');
