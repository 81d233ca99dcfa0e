// For those who have CDK: `npx aws-cdk deploy --app 'node scripts/aws/pipeline-app.ts' -c buckets=existing --parameters …`.
// Without CDK, the templates in `pipeline/` are the same stack.
import { App } from './cdk.ts';
import { pipelineStack } from './pipeline/stack.ts';

const app = new App();
const context = (name: string): unknown => app.node.tryGetContext(name);
pipelineStack(
  app,
  String(context('stack') ?? 'cci-lite-pipeline'),
  context('buckets') === 'make' ? 'make' : 'existing',
);
app.synth();
