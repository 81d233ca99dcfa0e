import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, DefaultStackSynthesizer } from './cdk.ts';
import { ciRights, dispatchRights, gateRights, generatorRights, PLACEHOLDERS, type Statement } from './rights.ts';
import { reportsStack, type StackOptions } from './stack.ts';

/** A template of CloudFormation, as far as it is looked at here. */
export interface Template {
  Parameters: { [name: string]: { Type: string; Default?: unknown } };
  Conditions: { [name: string]: unknown };
  Resources: { [id: string]: { Type: string; Condition?: string; Properties: { [name: string]: unknown } } };
  Outputs: { [name: string]: unknown };
}

interface SynthesizeOptions extends Pick<StackOptions, 'code'> {
  /** Let CDK check it against its rules, which takes seconds: what breaks one throws. */
  check?: boolean;
}

/** The stack in one form. No network, no account, and nothing stays on the disk. */
export const synthesize = (
  pipeline: StackOptions['pipeline'],
  { check = false, code }: SynthesizeOptions = {},
): Template => synthesizeStack((app) => reportsStack(app, 'cci-reports', { pipeline, code }), check);

/** The template of a stack, as `synthesize` makes it. */
export function synthesizeStack(
  make: (app: InstanceType<typeof App>) => ReturnType<typeof reportsStack>,
  check = false,
): Template {
  const before = process.env.CDK_VALIDATION;
  process.env.CDK_VALIDATION = String(check);
  const outdir = mkdtempSync(join(tmpdir(), 'cci-cdk-'));
  try {
    const app = new App({
      outdir,
      analyticsReporting: false,
      treeMetadata: false,
      context: { 'aws:cdk:disable-stack-trace': true, '@aws-cdk/core:validateAgainstDefaultRules': true },
      defaultStackSynthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    const stack = make(app);
    return app.synth().getStackByName(stack.stackName).template as Template;
  } finally {
    if (before === undefined) delete process.env.CDK_VALIDATION;
    else process.env.CDK_VALIDATION = before;
    rmSync(outdir, { recursive: true });
  }
}

/** A policy of IAM as a file; what is for a part that a stack may do without is in it. */
export const policyText = (statements: readonly Omit<Statement, 'for'>[]): string =>
  `${JSON.stringify({ Version: '2012-10-17', Statement: statements.map((each) => ({ ...each, for: undefined })) }, null, 2)}\n`;

/** A template in few bytes, with a line for each part: CloudFormation takes 51,200 bytes from a command, and a change is seen. */
export function templateText(template: object): string {
  const sections = Object.entries(template).map(([name, section]) => {
    if (typeof section !== 'object') return `${JSON.stringify(name)}: ${JSON.stringify(section)}`;
    const lines = Object.entries(section as object).map(
      ([id, part]) => `${JSON.stringify(id)}:${JSON.stringify(part)}`,
    );
    return `${JSON.stringify(name)}: {\n${lines.join(',\n')}\n}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

/** Every file that is written from the stack: path below `scripts/aws/`, and its text. */
export const writtenFiles = (options?: { check: boolean }): { [path: string]: string } => ({
  'template.json': templateText(synthesize('existing', options)),
  'template-with-buckets.json': templateText(synthesize('make', options)),
  'rights/generator.json': policyText(generatorRights(PLACEHOLDERS)),
  'rights/gate.json': policyText(gateRights(PLACEHOLDERS)),
  'rights/ci.json': policyText(ciRights(PLACEHOLDERS)),
  'rights/dispatch.json': policyText(dispatchRights(PLACEHOLDERS)),
});
