import { stageHandler } from './stage-handler.ts';

/** Sound has come: it is measured, and its transcription begins. Where the engine answers at once, `raw/` is written. */
export const handler = stageHandler(
  'transcribe',
  ({ stage, job }) => !job && (stage === 'ingest' || stage === 'transcribe'),
);
