// For those who have CDK: `npx aws-cdk deploy --app 'node scripts/aws/app.ts' -c pipeline=existing -c gate=.pack/gate --parameters …`.
// Without CDK, `template.json` beside it is the same stack.
import { resolve } from 'node:path';
import { App } from './cdk.ts';
import { codeIn } from './gate-code.ts';
import { reportsStack } from './stack.ts';

const app = new App();
const context = (name: string): unknown => app.node.tryGetContext(name);
const folder = context('gate');
reportsStack(app, String(context('stack') ?? 'cci-reports'), {
  pipeline: context('pipeline') === 'make' ? 'make' : 'existing',
  ...(typeof folder === 'string' && { code: codeIn(resolve(folder)) }),
});
app.synth();
