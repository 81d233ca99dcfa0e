// Writes docs/report-config.schema.json, from which editors complete a report-config.json. Run after each change of its keys.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../generator/render/version.ts';
import { TenantConfigSpec } from '../generator/tenants/config.ts';

export const SCHEMA_FILE = join(ROOT, 'docs', 'report-config.schema.json');

/** The JSON Schema of what a tenant may write, as a JSON value. */
export const configSchema = (): object => z.toJSONSchema(TenantConfigSpec, { io: 'input' });

if (import.meta.main) {
  writeFileSync(SCHEMA_FILE, `${JSON.stringify(configSchema(), null, 2)}\n`);
  process.stdout.write(`${SCHEMA_FILE} is written.\n`);
}
