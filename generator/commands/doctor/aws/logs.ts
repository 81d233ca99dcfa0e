import { say } from '../../../lib/printable.ts';
import { isThere } from '../../../pipeline/aws/ask.ts';
import type { PipelineLook } from '../../../pipeline/aws/look.ts';
import { type Finding, ok, warning } from '../finding.ts';

/** Whether each function has a log that ends by itself. */
export function logFindings({ functions, logs }: PipelineLook): Finding[] {
  if (!isThere(logs) || functions.length === 0) return [];
  const found = functions.map(({ name, log }) => ({ name, log: logs.find((each) => each.name === log) }));
  const none = found.filter(({ log }) => log === undefined).map(({ name }) => name);
  const endless = found.flatMap(({ log }) => (log && log.days === undefined ? [log.name] : []));
  const days = [...new Set(found.flatMap(({ log }) => log?.days ?? []))].sort((a, b) => a - b);
  const findings: Finding[] = [];
  if (none.length > 0)
    findings.push(
      warning(
        'aws: logs',
        say`${none} ${none.length === 1 ? 'has' : 'have'} no log: it never ran, or its role may not write one.`,
      ),
    );
  if (endless.length > 0)
    findings.push(
      warning('aws: logs', say`${endless} ${endless.length === 1 ? 'is' : 'are'} kept for ever. Set a retention.`),
    );
  if (findings.length === 0) findings.push(ok('aws: logs', say`Logs are kept for ${days.join(' or ')} days.`));
  return findings;
}
