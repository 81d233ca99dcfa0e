// Writes docs/report-config.schema.json and docs/pipeline-config.schema.json, from which editors complete these files. Run after each change of their keys.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMAS, type SchemaName, schemaText } from '../generator/commands/tenant/schema.ts';
import { ROOT } from '../generator/render/version.ts';

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as SchemaName[];

/** Where a schema lies in the documents. */
export const schemaFile = (name: SchemaName): string => join(ROOT, 'docs', `${name}.schema.json`);

if (import.meta.main) {
  for (const name of SCHEMA_NAMES) {
    writeFileSync(schemaFile(name), schemaText(name));
    process.stdout.write(`${schemaFile(name)} is written.\n`);
  }
}
