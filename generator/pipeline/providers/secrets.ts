import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Printable, quoted, say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { JsonObject, OpenContext } from '../ports.ts';

/** Two parts or more below `cci-lite/`, none of which leads elsewhere. */
const NAME = /^cci-lite(?:\/(?!\.{1,2}(?:\/|$))[\w.@+=-]{1,128}){2,4}$/;

/**
 * Reads secrets by their names, such as `cci-lite/oak/acme`: from JSON files in the folder `CCI_SECRETS`, where it is set, else from
 * AWS Secrets Manager, with the credentials and the region of the environment. Nothing of a secret is in any error.
 */
export const openSecrets =
  (env: NodeJS.ProcessEnv): OpenContext['secret'] =>
  async (name) => {
    if (!NAME.test(name)) throw wrong(say`${quoted(name)} is no name of a secret: write it as cci-lite/oak/acme.`);
    const text = env.CCI_SECRETS ? await localSecret(env.CCI_SECRETS, name) : await awsSecret(name);
    try {
      const value: unknown = JSON.parse(text);
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
    } catch {
      // Said below: the text of JSON's own error quotes what it has read.
    }
    throw wrong(say`The secret ${name} is no JSON object. Store it as {"name": "value"}.`);
  };

/** Of a provider the last part of the name, as an organization has one provider; of all else what stands behind `cci-lite/`. */
const fileOf = (name: string): string => `${name.replace(/^cci-lite\/(?:(?:oak|3cx)\/)?/, '')}.json`;

async function localSecret(folder: string, name: string): Promise<string> {
  const path = join(folder, fileOf(name));
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw wrong(say`Others than you may read the secret in ${path}. Run chmod 600 on it.`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw wrong(
      code === 'ENOENT'
        ? say`There is no secret ${name}: CCI_SECRETS has no file ${path}. Write it as a JSON object, and run chmod 600 on it.`
        : say`The secret ${name} cannot be read from ${path} (${code}).`,
    );
  }
}

const LIMITS = { requestTimeout: 10_000, connectionTimeout: 5_000, throwOnRequestTimeout: true };

async function awsSecret(name: string): Promise<string> {
  const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient({ requestHandler: LIMITS });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    return SecretString ?? '';
  } catch (error) {
    throw explained(name, error);
  } finally {
    client.destroy();
  }
}

/** What a person must put right; all else passes. */
const REASONS: { [code: string]: Printable } = {
  ResourceNotFoundException: say`AWS Secrets Manager has none in this account and region. Create it, or set CCI_SECRETS to a folder with secrets.`,
  AccessDeniedException: say`these credentials may not read it. Grant secretsmanager:GetSecretValue on it, and kms:Decrypt on its key.`,
  DecryptionFailure: say`its KMS key cannot be used. Grant kms:Decrypt on it.`,
  InvalidRequestException: say`it is marked for deletion. Restore it.`,
  CredentialsProviderError: say`there are no AWS credentials. Sign in, or set CCI_SECRETS to a folder with secrets.`,
};
/** Of credentials and clocks. */
const SETTINGS =
  /^(?:UnrecognizedClient|InvalidClientTokenId|InvalidSignature|ExpiredToken|IncompleteSignature|MissingAuthenticationToken)/;

function explained(name: string, error: unknown): PipelineError {
  const { name: code = 'Error', message = '' } = error as Error;
  const isSetting = SETTINGS.test(code) || message === 'Region is missing';
  const why = Object.hasOwn(REASONS, code)
    ? REASONS[code]
    : isSetting
      ? say`check the AWS credentials and AWS_REGION.`
      : undefined;
  return why === undefined
    ? new PipelineError('retry', [
        say`The secret ${name} cannot be read now: AWS Secrets Manager fails or cannot be reached (${code}).`,
      ])
    : wrong(say`The secret ${name} cannot be read (${code}): ${why}`);
}

const wrong = (sentence: Printable): PipelineError => new PipelineError('configuration', [sentence]);
