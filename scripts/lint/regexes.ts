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

const FOLDERS = ['generator', 'site', 'templates'];
const IS_SOURCE = /\.(?:ts|tsx|js|mjs|astro)$/;
/** What only developers and tests run. */
const IS_TEST = /\.(?:test|spec)\.ts$|\/(?:fixtures|testing|e2e|dev)\//;

/** Every regular expression of the product: literals, and `new RegExp` with a constant text or with another. */
export function regexesOfSources(): Found[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...FOLDERS], {
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
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node) || isRegExpCall(node)) {
      const pattern = patternOf(node);
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

function patternOf(node: ts.Node): Found['pattern'] {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) };
  }
  if (!isRegExpCall(node)) return undefined;
  const [source, flags] = node.arguments ?? [];
  if (!source || !ts.isStringLiteralLike(source) || (flags && !ts.isStringLiteralLike(flags))) return undefined;
  return { source: source.text, flags: flags?.text ?? '' };
}
