import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../../generator/render/version.ts';

/** A regular expression of the sources. */
export interface Found {
  at: string; // e.g., "generator/lib/time.ts:9"
  file: string;
  /** Absent: it is put together while the program runs. */
  pattern?: { source: string; flags: string };
}

/** The summary of a job is made of what the commands have read. */
const SOURCES = ['generator', 'site', 'templates', 'scripts/summary.ts'];
const IS_SOURCE = /\.(?:ts|tsx|js|mjs|astro)$/;
/** What only developers and tests run. */
const IS_TEST = /\.(?:test|spec)\.ts$|\/(?:fixtures|testing|e2e|dev)\//;

/** Every regular expression of the product: literals, and `new RegExp` with a constant text or with another. */
export function regexesOfSources(): Found[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...SOURCES], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return files
    .split('\n')
    .filter((file) => IS_SOURCE.test(file) && !IS_TEST.test(file))
    .flatMap((file) => regexesIn(file, readFileSync(join(ROOT, file), 'utf8')));
}

/** @param file its ending says what the text is */
export function regexesIn(file: string, text: string): Found[] {
  const kind = /\.(?:tsx|astro)$/.test(file) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(
    file,
    file.endsWith('.astro') ? scriptOf(text) : text,
    ts.ScriptTarget.Latest,
    true,
    kind,
  );
  const found: Found[] = [];
  /** Patterns and texts of this file that have a name, so that others are made of them. */
  const named = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const [name, value] = [node.name.getText(), node.initializer];
      if (ts.isRegularExpressionLiteral(value)) named.set(`${name}.source`, literalOf(value).source);
      else if (ts.isStringLiteralLike(value)) named.set(name, value.text);
    }
    if (ts.isRegularExpressionLiteral(node) || isRegExpCall(node)) {
      const pattern = ts.isRegularExpressionLiteral(node) ? literalOf(node) : madeBy(node, named);
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push({ at: `${file}:${line}`, file, ...(pattern && { pattern }) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The script of a component, and what stands in braces in its markup; the lines stay where they are. */
function scriptOf(text: string): string {
  const [, script = '', markup = ''] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? ['', '', text];
  return `\n${script}\n;<>\n${markup.replace(/<!doctype html>/i, '')}\n</>`;
}

const isRegExpCall = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';

function literalOf({ text }: ts.RegularExpressionLiteral): { source: string; flags: string } {
  const end = text.lastIndexOf('/');
  return { source: text.slice(1, end), flags: text.slice(end + 1) };
}

/** Of a constant text, or of patterns and texts that have a name: `${NAME.source}|[${LETTERS}]`. */
function madeBy(node: ts.NewExpression | ts.CallExpression, named: ReadonlyMap<string, string>): Found['pattern'] {
  const [text, flags] = node.arguments ?? [];
  if (!text || (flags && !ts.isStringLiteralLike(flags))) return undefined;
  const source = textOf(text, named);
  return source === undefined ? undefined : { source, flags: flags?.text ?? '' };
}

function textOf(node: ts.Expression, named: ReadonlyMap<string, string>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return named.get(node.getText());
  const parts = node.templateSpans.map(({ expression, literal }) => {
    const part = textOf(expression, named);
    return part === undefined ? undefined : part + literal.text;
  });
  return parts.includes(undefined) ? undefined : node.head.text + parts.join('');
}
