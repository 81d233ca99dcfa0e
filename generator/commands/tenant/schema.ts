import { z } from 'zod';
import { decodeText } from '../../lib/bytes.ts';
import type { Store } from '../../store/store.ts';
import { TenantConfigSpec } from '../../tenants/config.ts';

/** Where the schema lies in the configuration store: beside the organizations' folders, so that each file can name it. */
const KEY = 'report-config.schema.json';

/** `$schema` of a `report-config.json`: relative, so that editors find it in any copy of the store. */
export const SCHEMA_LINE = `../${KEY}`;

/** The JSON Schema of what a tenant may write, as a JSON value. */
export const configSchema = (): object => z.toJSONSchema(TenantConfigSpec, { io: 'input' });

/** Its text, as in the documents. */
export const schemaText = (): string => `${JSON.stringify(configSchema(), null, 2)}\n`;

/** Write this version's schema into a configuration store, where it has another one or none. */
export async function writeSchema(config: Store): Promise<void> {
  const there = await config.get(KEY);
  const text = schemaText();
  if (!there || decodeText(there.body) !== text) await config.put(KEY, text);
}
