import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configSchema, schemaText } from '../generator/commands/tenant/schema.ts';
import { tenantConfig } from '../generator/tenants/config.ts';
import { SCHEMA_NAMES, schemaFile } from './config-schema.ts';

interface Node {
  description?: string;
  properties?: { [key: string]: Node };
  items?: Node;
  additionalProperties?: Node | boolean;
}

it.each(SCHEMA_NAMES)('of %s is in docs as a fresh one would be; else run node scripts/config-schema.ts', (name) => {
  expect(readFileSync(schemaFile(name), 'utf8')).toBe(schemaText(name));
});

it.each(SCHEMA_NAMES)('of %s describes every key, so that editors can', (name) => {
  const silent: string[] = [];
  const look = (node: Node, path: string) => {
    for (const [key, inner] of Object.entries(node.properties ?? {})) {
      if (!inner.description) silent.push(`${path}.${key}`);
      look(inner, `${path}.${key}`);
    }
    if (node.items) look(node.items, `${path}[]`);
    if (typeof node.additionalProperties === 'object') look(node.additionalProperties, `${path}.*`);
  };
  look(configSchema(name), '');
  expect(silent).toEqual([]);
});

it('may be named in a report-config.json by $schema, which changes nothing', () => {
  const plain = tenantConfig({ passMark: 80 }, undefined, false);
  expect(tenantConfig({ $schema: 'https://example.com/s.json', passMark: 80 }, undefined, false)).toEqual(plain);
  expect(() => tenantConfig({ $schema: 3 }, undefined, false)).toThrow(
    '"$schema": 3 is not right: write text in quotes',
  );
});
