import { policyText, synthesizeStack, type Template, templateText } from '../synthesize.ts';
import {
  analyseRights,
  enrichRights,
  ingestRights,
  LOOK_PLACEHOLDERS,
  lookRights,
  PIPELINE_PLACEHOLDERS,
  transcribeRights,
} from './rights.ts';
import { pipelineStack } from './stack.ts';

/** The pipeline's stack in one form, as a template. */
const synthesizePipeline = (buckets: 'existing' | 'make', check = false): Template =>
  synthesizeStack((app) => pipelineStack(app, 'cci-lite-pipeline', buckets), check);

/** Every file that is written from the pipeline's stack: path below `scripts/aws/`, and its text. */
export const pipelineFiles = ({ check = false } = {}): { [path: string]: string } => ({
  'pipeline/template.json': templateText(synthesizePipeline('existing', check)),
  'pipeline/template-with-buckets.json': templateText(synthesizePipeline('make', check)),
  'pipeline/rights/oak-ingest.json': policyText(ingestRights(PIPELINE_PLACEHOLDERS)),
  'pipeline/rights/job-init.json': policyText(transcribeRights(PIPELINE_PLACEHOLDERS)),
  'pipeline/rights/result-handler.json': policyText(enrichRights(PIPELINE_PLACEHOLDERS)),
  'pipeline/rights/analyser.json': policyText(analyseRights(PIPELINE_PLACEHOLDERS)),
  'pipeline/rights/doctor.json': policyText(lookRights(LOOK_PLACEHOLDERS)),
});
