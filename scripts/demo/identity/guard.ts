import { decodeText } from '../../../generator/lib/bytes.ts';
import { messageOf, UserError } from '../../../generator/lib/errors.ts';
import { type Printable, say } from '../../../generator/lib/printable.ts';
import type { Store } from '../../../generator/store/store.ts';

/** Written by the demo data's generator and by nothing else, into the root of the results store. */
const MARKER = 'demo-store.json'; // {"synthetic":true}

const LOOPBACK = /^(?:127\.0\.0\.1|localhost)$/;

/**
 * The demo identity lets anybody in as anybody, so it serves this machine only, and data that belongs to nobody only.
 * @throws {UserError} with every reason not to start
 */
export async function refuseRealWorld(gateOrigin: string, results: Store): Promise<void> {
  const problems: Printable[] = [];
  const url = URL.canParse(gateOrigin) ? new URL(gateOrigin) : undefined;
  if (url?.protocol !== 'http:' || !LOOPBACK.test(url.hostname)) {
    problems.push(
      say`The demo identity signs anybody in, so it serves this machine only, and ${JSON.stringify(gateOrigin)} is not on it. Use http://127.0.0.1 and a port.`,
    );
  }
  if (!(await isSynthetic(results))) {
    problems.push(
      say`${results.url} does not hold demo data: ${MARKER} with {"synthetic":true} is missing. The demo identity lets anybody read everything, so it never starts on real data. Run: npm run demo`,
    );
  }
  if (problems.length > 0) throw new UserError(problems);
}

async function isSynthetic(results: Store): Promise<boolean> {
  const marker = await results.get(MARKER);
  if (!marker) return false;
  try {
    return (JSON.parse(decodeText(marker.body)) as { synthetic?: unknown } | null)?.synthetic === true;
  } catch (error) {
    throw new UserError([say`${MARKER} in ${results.url} cannot be read: ${messageOf(error)}. Run: npm run demo`]);
  }
}
