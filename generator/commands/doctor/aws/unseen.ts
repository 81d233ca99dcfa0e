import { say } from '../../../lib/printable.ts';
import type { Unseen } from '../../../pipeline/aws/ask.ts';
import { type Finding, notChecked } from '../finding.ts';

/** What could not be looked at, and what would have to be allowed. */
export function unseenFindings({ rights, failures }: Unseen): Finding[] {
  const findings = failures.map((sentence) => notChecked('aws', sentence));
  if (rights.length > 0)
    findings.push(
      notChecked(
        'aws: rights',
        say`A part of the pipeline in AWS could not be looked at: these credentials may not ${rights}. Allow that to see it; scripts/aws/pipeline/rights/doctor.json has all that is asked.`,
      ),
    );
  return findings;
}
