import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../../generator/lib/errors.ts';
import { say } from '../../../generator/lib/printable.ts';

/** What the built bundle takes a request with. */
export type NodeHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: () => void,
  locals: object,
) => Promise<void> | void;

const BUILT = new URL('../../../.build/gate/', import.meta.url);

/** Folder of the scripts and styles of the gate's own pages. */
export const CLIENT_FILES: string = fileURLToPath(new URL('client/_gate/', BUILT));

/**
 * The handler of the built bundle. Sets what Clerk's SDK reads once, when it is loaded.
 * @throws {UserError} where it has not been built
 */
export async function loadHandler(): Promise<NodeHandler> {
  const entry = new URL('server/entry.mjs', BUILT);
  if (!existsSync(entry)) {
    throw new UserError([
      say`The gate has not been built: ${fileURLToPath(entry)} is missing. Run: node scripts/build.ts`,
    ]);
  }
  // Without keys the SDK would make an application at Clerk, and on some hosts it would put itself behind a proxy.
  process.env.CLERK_KEYLESS_DISABLED = '1';
  process.env.CLERK_DISABLE_AUTO_PROXY = '1';
  process.env.PUBLIC_CLERK_TELEMETRY_DISABLED = '1';
  process.env.NODE_ENV ??= 'production';
  const { handler } = (await import(entry.href)) as { handler: NodeHandler };
  return handler;
}
