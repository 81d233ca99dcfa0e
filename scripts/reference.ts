// Writes docs/reference.md: every command, setting and key of a configuration, from the tables that the program itself uses. Run after each change of one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERAL } from '../generator/commands/help.ts';
import { COMMANDS } from '../generator/commands/table.ts';
import { configSchema } from '../generator/commands/tenant/schema.ts';
import { ROOT } from '../generator/render/version.ts';
import { SETTINGS, type Setting, type SettingName } from '../generator/settings.ts';

export const REFERENCE_FILE = join(ROOT, 'docs', 'reference.md');

/** The parts of a JSON Schema that are told of. */
interface Node {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  const?: unknown;
  anyOf?: Node[];
  oneOf?: Node[];
  items?: Node;
  properties?: { [key: string]: Node };
  additionalProperties?: Node | boolean;
}

const settingOf = (name: SettingName): Setting => SETTINGS[name];
const code = (text: string): string => `\`${text}\``;
/** In a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const flagOf = ({ flag, short, value }: Setting): string =>
  [short && code(`-${short}`), flag && code(`--${flag}${value ? ` ${value}` : ''}`)].filter(Boolean).join(', ');

const wayOf = (setting: Setting): string =>
  setting.operand ? code(setting.value ?? '') : flagOf(setting) || code(setting.variable ?? '');

/** "text", "list of numbers", "one of `a`, `b`". */
function kindOf(node: Node): string {
  if (node.enum) return node.enum.map((value) => code(JSON.stringify(value))).join(', ');
  if (node.const !== undefined) return code(JSON.stringify(node.const));
  const ways = node.anyOf ?? node.oneOf;
  if (ways) return [...new Set(ways.map(kindOf))].join(' or ');
  if (node.type === 'array') return `list of ${node.items ? kindOf(node.items) : 'anything'}`;
  if (node.type === 'string') return 'text';
  if (node.type === 'boolean') return 'true or false';
  return node.type ?? 'anything';
}

/** Every key below a node, with its path: "agents.*.name", "recipients[].email". */
function keysOf(node: Node, path: string): string[][] {
  const inner = Object.entries(node.properties ?? {}).flatMap(([key, each]) => {
    const place = path === '' ? key : `${path}.${key}`;
    const fallback = each.default === undefined ? '' : code(JSON.stringify(each.default));
    return [[code(place), kindOf(each), fallback, each.description ?? ''], ...keysOf(each, place)];
  });
  const list = node.items ? keysOf(node.items, `${path}[]`) : [];
  const map = typeof node.additionalProperties === 'object' ? keysOf(node.additionalProperties, `${path}.*`) : [];
  const ways = (node.anyOf ?? node.oneOf ?? []).flatMap((each) => keysOf(each, path));
  return [...inner, ...list, ...map, ...ways];
}

/** The document, as a text. */
export function reference(): string {
  const commands = Object.entries(COMMANDS).map(([name, { about, settings }]) => [
    code(name),
    about,
    settings.map((each) => wayOf(settingOf(each))).join(', '),
  ]);
  const settings = (Object.keys(SETTINGS) as SettingName[]).map((name) => {
    const { variable, about, default: fallback, secret } = settingOf(name);
    const isOnly = wayOf(settingOf(name)) === code(variable ?? '');
    return [
      wayOf(settingOf(name)),
      isOnly || variable === undefined ? '' : code(variable),
      fallback === undefined ? '' : code(fallback),
      secret ? `${about} (a secret: shown nowhere)` : about,
    ];
  });
  return `# Reference

Made by \`node scripts/reference.ts\` from the program's own tables. The commands begin with \`npm run reports --\` in a checkout, \`cci-reports\` where that is
installed, and \`node generator/reports.mjs\` in a packed folder.

## Commands
Each also takes ${GENERAL.map((name) => wayOf(settingOf(name))).join(', ')}.

${table(['command', 'does', 'takes'], commands)}

## Settings
A flag wins over its variable, a variable over the default. \`.env\` in the current folder is read too; what the environment has already wins.

${table(['setting', 'variable', 'default', 'is'], settings)}

## \`report-config.json\`
\`data.md\` says what the keys mean together, with examples.

${table(['key', 'value', 'default', 'is'], keysOf(configSchema(), ''))}

## \`pipeline-config.json\`
\`pipeline.md\` says what the keys mean together, with examples.

${table(['key', 'value', 'default', 'is'], keysOf(configSchema('pipeline-config'), ''))}
`;
}

if (import.meta.main) {
  writeFileSync(REFERENCE_FILE, reference());
  process.stdout.write(`${REFERENCE_FILE} is written.\n`);
}
