import { say } from '../../../lib/printable.ts';
import type { PipelineLook } from '../../../pipeline/aws/look.ts';
import { earlierSecretsOf } from '../../../pipeline/aws/names.ts';
import type { Config } from '../../../pipeline/config.ts';
import { secretNameOf } from '../../../pipeline/providers/secret-name.ts';
import { type Finding, ok, warning } from '../finding.ts';
import { whereOf } from './where.ts';

const CHECK = 'aws: secrets';

/** The secrets that each organization's provider and engines need. @returns names by organization */
export function secretsOf(configs: ReadonlyMap<string, Config>): Map<string, string[]> {
  return new Map(
    [...configs].map(([org, { provider, engines }]) => {
      const names = [
        provider.kind === 'folder' ? undefined : secretNameOf(provider, org),
        engines.transcribe === 'openai' ? engines.openaiSpeech?.secret : undefined,
        engines.evaluate === 'openai' ? engines.openaiChat?.secret : undefined,
      ];
      return [org, names.filter((name) => name !== undefined)] as const;
    }),
  );
}

/**
 * Whether the secrets are there. No value is asked for.
 * @param wanted by organization
 * @param earlier organizations of a pipeline that is not this program's
 */
export function checkSecrets(
  look: PipelineLook,
  wanted: ReadonlyMap<string, readonly string[]>,
  earlier: readonly string[],
): Finding[] {
  const findings = [...wanted].flatMap(([org, names]) => names.flatMap((name) => secretFinding(look, org, name)));
  for (const org of earlier) {
    const names = earlierSecretsOf(org);
    const there = names.find((name) => look.secrets.get(name) !== 'none') ?? names[0] ?? '';
    findings.push(...secretFinding(look, org, there));
  }
  return findings;
}

function secretFinding(look: PipelineLook, org: string, name: string): Finding[] {
  const seen = look.secrets.get(name) ?? 'unseen';
  if (seen === 'unseen') return [];
  if (seen === 'none')
    return [
      warning(
        CHECK,
        say`AWS Secrets Manager has no secret ${name} in ${whereOf(look)}, so what needs it fails. Create it (docs/aws.md, “The pipeline”).`,
        org,
      ),
    ];
  if (seen.isDeleted)
    return [warning(CHECK, say`The secret ${name} is marked for deletion, and cannot be read. Restore it.`, org)];
  return [ok(CHECK, say`The secret ${name} is there. Its value was not read.`, org)];
}
