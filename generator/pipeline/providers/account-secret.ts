import { z } from 'zod';
import { say } from '../../lib/printable.ts';
import { PipelineError } from '../errors.ts';
import type { OpenContext } from '../ports.ts';

/** Hosts that a download may be redirected to, beside the provider's own. */
export const AllowedHosts = z.array(z.string().min(1)).default([]);

/**
 * A secret with what an account needs.
 * @param fields by name; others of the secret are left alone
 * @throws {PipelineError} `configuration` naming the fields that are missing or no text, never their values
 */
export async function readAccount<Of extends z.ZodRawShape>(
  { secret }: Pick<OpenContext, 'secret'>,
  name: string,
  fields: Of,
): Promise<z.output<z.ZodObject<Of>>> {
  const read = z.object(fields).safeParse(await secret(name));
  if (read.success) return read.data;
  const wrong = [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
  throw new PipelineError('configuration', [
    say`The secret ${name} is not whole: ${wrong} must be given. It needs ${Object.keys(fields).filter((each) => each !== 'allowed_hosts')}.`,
  ]);
}
