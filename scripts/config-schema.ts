// Writes docs/report-config.schema.json, from which editors complete a report-config.json. Run after each change of its keys.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaText } from '../generator/commands/tenant/schema.ts';
import { ROOT } from '../generator/render/version.ts';

export const SCHEMA_FILE = join(ROOT, 'docs', 'report-config.schema.json');

if (import.meta.main) {
  writeFileSync(SCHEMA_FILE, schemaText());
  process.stdout.write(`${SCHEMA_FILE} is written.\n`);
}
