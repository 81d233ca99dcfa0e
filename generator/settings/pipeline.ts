import { calls, pipelineName, stage } from './checks.ts';
import type { Setting } from './setting.ts';

/** Of the pipeline alone. */
export const PIPELINE = {
  recordingsFolder: {
    flag: 'recordings',
    value: 'FOLDER',
    about:
      'for pipeline run: a folder with recordings of the one organization, whose site is then built; where no store is set, all are made in .data/',
  },
  secrets: {
    variable: 'CCI_SECRETS',
    about:
      'a folder with secrets of providers and engines, JSON files that only you may read; without it they come from AWS Secrets Manager',
  },
  pipelineName: {
    flag: 'pipeline-name',
    variable: 'CCI_PIPELINE_NAME',
    value: 'NAME',
    about: 'what begins the names of the pipeline in AWS, its functions, queues and rules; by default cci-lite',
    check: pipelineName,
  },
  fromStage: {
    flag: 'from',
    value: 'STAGE',
    about:
      'for pipeline replay: the first stage that is done again, ingest, transcribe, enrich or analyse; by default the one where the call stopped',
    check: stage,
  },
  limit: {
    flag: 'limit',
    value: 'N',
    about: 'for pipeline reanalyse: at most so many calls, newest first',
    check: calls,
  },
  named: { flag: 'calls', about: 'for pipeline status: name the calls that wait or are put aside' },
} satisfies { [name: string]: Setting };
