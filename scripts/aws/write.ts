// `node scripts/aws/write.ts`: checks the stacks by the rules of CDK and writes the templates and the plain policies again. A test says
// when that is due.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineFiles } from './pipeline/synthesize.ts';
import { writtenFiles } from './synthesize.ts';

for (const [path, text] of Object.entries({ ...writtenFiles({ check: true }), ...pipelineFiles({ check: true }) }))
  writeFileSync(join(import.meta.dirname, path), text);
