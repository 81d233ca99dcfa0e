import { z } from 'zod';
import { decodeText } from '../../lib/bytes.ts';
import { PipelineConfig } from '../../pipeline/config.ts';
import type { Store } from '../../store/store.ts';
import { TenantConfigSpec } from '../../tenants/config.ts';

/** What has a schema for editors: a name, which begins that of its file. */
export const SCHEMAS = { 'report-config': TenantConfigSpec, 'pipeline-config': PipelineConfig } as const;
export type SchemaName = keyof typeof SCHEMAS;

/** Where a schema lies in the configuration store: beside the organizations' folders, so that each file can name it. */
const keyOf = (name: SchemaName): string => `${name}.schema.json`;

/** `$schema` of a `report-config.json`: relative, so that editors find it in any copy of the store. */
export const SCHEMA_LINE = `../${keyOf('report-config')}`;

/** The JSON Schema of what a tenant may write, as a JSON value. */
export const configSchema = (name: SchemaName = 'report-config'): object =>
  z.toJSONSchema(SCHEMAS[name], { io: 'input' });

/** Its text, as in the documents. */
export const schemaText = (name: SchemaName = 'report-config'): string =>
  `${JSON.stringify(configSchema(name), null, 2)}\n`;

/** Write this version's schema into a configuration store, where it has another one or none. */
export async function writeSchema(config: Store, name: SchemaName = 'report-config'): Promise<void> {
  const there = await config.get(keyOf(name));
  const text = schemaText(name);
  if (!there || decodeText(there.body) !== text) await config.put(keyOf(name), text);
}
