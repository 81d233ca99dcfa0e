// `node scripts/aws/pipeline-code.ts`: writes the functions of the pipeline to `.pack/pipeline.zip`, which is put into the bucket for code.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../generator/render/version.ts';
import { zipOf } from '../pack/zip.ts';
import { functionCode } from './pipeline/bundle.ts';

const folder = join(ROOT, '.pack/pipeline');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, bytes] of Object.entries((await functionCode()).files)) writeFileSync(join(folder, name), bytes);
const zip = zipOf(folder);
writeFileSync(`${folder}.zip`, zip);
console.log(`.pack/pipeline.zip: ${Math.ceil(zip.byteLength / 1024)} KB`);
