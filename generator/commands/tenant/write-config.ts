import { decodeText } from '../../lib/bytes.ts';
import { UserError } from '../../lib/errors.ts';
import { say } from '../../lib/printable.ts';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { writeSchema } from './schema.ts';

/**
 * Write an organization's first configuration and its schema beside it.
 * @param key of the file, such as "acme/report-config.json"
 * @throws {UserError} where somebody else has written one meanwhile: theirs stays
 */
export async function writeNewConfig(config: Store, key: string, text: string): Promise<void> {
  await writeSchema(config);
  try {
    await config.put(key, text, { ifNoneMatch: '*' });
  } catch (error) {
    if (!(error instanceof PreconditionFailed)) throw error;
    // An answer that was lost may have been tried again, and then met itself.
    const now = await config.get(key);
    if (now && decodeText(now.body) === text) return;
    throw new UserError([
      say`${config.url} has got a ${key} meanwhile, so nothing was written. Run the command again to see the difference.`,
    ]);
  }
}
