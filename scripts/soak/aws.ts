import { pipelineFiles } from '../aws/pipeline/synthesize.ts';
import { writtenFiles } from '../aws/synthesize.ts';
import { type Check, must } from './lib/check.ts';
import { runTests } from './lib/command.ts';

const HISTORIES = 5000;

export const check: Check = {
  does: 'the templates for AWS by CDK’s own rules, and five thousand random histories of the trigger that starts the workflow',
  async run() {
    // What breaks a rule throws.
    for (const files of [writtenFiles({ check: true }), pipelineFiles({ check: true })])
      must(Object.keys(files).length > 0, 'no template was made');
    process.env.CCI_RUNS = String(HISTORIES);
    must(
      (await runTests('scripts/aws/dispatch/drain.test.ts')) === 0,
      'a change was lost, or told too early; see above',
    );
  },
};
