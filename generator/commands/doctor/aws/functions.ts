import { say } from '../../../lib/printable.ts';
import { counted } from '../../../lib/words.ts';
import type { FunctionLook, PipelineLook } from '../../../pipeline/aws/look.ts';
import { type Finding, ok, warning } from '../finding.ts';

const CHECK = 'aws: functions';

/** Whether the functions are there, and may run. @param pipeline what begins their names */
export function functionFindings(pipeline: string, { functions, missing }: PipelineLook): Finding[] {
  if (functions.length === 0) return [];
  const findings = functions.flatMap((each) => hindered(each));
  if (missing.length > 0)
    findings.push(
      warning(
        CHECK,
        say`Of the pipeline ${pipeline}, ${missing} ${missing.length === 1 ? 'is' : 'are'} not there, so calls stop before ${missing.length === 1 ? 'it' : 'them'}. Deploy what is missing.`,
      ),
    );
  if (findings.length > 0) return findings;
  const changed = functions.flatMap((each) => each.changed ?? []).sort();
  const newest = changed.length > 0 ? say` The last change was on ${changed.at(-1) ?? ''}.` : say``;
  return [
    ok(
      CHECK,
      say`${counted(functions.length, 'function')} of ${makerOf(functions)} are there and may run: ${functions.map(({ name }) => name)}.${newest}`,
    ),
  ];
}

function makerOf(functions: readonly FunctionLook[]): string {
  if (functions.every(({ isOurs }) => isOurs)) return 'this program’s pipeline';
  const others = functions.filter(({ isOurs }) => !isOurs);
  return `a pipeline that is not this program’s (${[...new Set(others.map(({ runtime }) => runtime))].join(', ')})`;
}

function hindered({ name, state, update, atOnce }: FunctionLook): Finding[] {
  const findings: Finding[] = [];
  if (atOnce === 0)
    findings.push(
      warning(
        CHECK,
        say`${name} may not run: its reserved concurrency is 0. Raise it, or remove the limit, in the console of AWS Lambda.`,
      ),
    );
  // One that was long idle is made ready by its next call.
  if (state !== 'Active' && state !== 'Inactive')
    findings.push(
      warning(CHECK, say`${name} cannot run: its state is ${state}. The console of AWS Lambda says the reason.`),
    );
  if (update === 'Failed')
    findings.push(
      warning(CHECK, say`The last update of ${name} failed, so it runs as it was before. Deploy it once more.`),
    );
  return findings;
}
