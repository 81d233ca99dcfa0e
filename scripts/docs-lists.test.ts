import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMMANDS } from '../generator/commands/table.ts';
import { ROOT } from '../generator/render/version.ts';

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
/** Names in code marks in the row of README's table that begins with a command, from a text on up to another. */
function listed(command: string, from: string, upTo: string): string[] {
  const row = text('README.md')
    .split('\n')
    .find((line) => line.startsWith(`| \`${command}`));
  const list = row?.split(from)[1]?.split(upTo)[0] ?? '';
  return [...list.matchAll(/`([a-z]+)`/g)].map(([, name = '']) => name);
}
const sourcesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

it('the README names every benchmark, and so does their program', () => {
  const is = sourcesIn('scripts/bench').filter((file) =>
    text(`scripts/bench/${file}`).includes('export const bench: '),
  );
  const names = is.map((file) => file.slice(0, -'.ts'.length)).sort();
  expect(listed('npm run bench', 'or one of', '.')).toEqual(names);
  const loaded = [...text('scripts/bench/bench.ts').matchAll(/^ {2}([a-z]+): \(\) => import\('\.\/\1\.ts'\)/gm)];
  expect(loaded.map(([, name]) => name).sort()).toEqual(names);
});

it('the README names every long check', () => {
  const names = sourcesIn('scripts/soak').map((file) => file.slice(0, -'.ts'.length));
  expect(listed('npm run soak', 'or one of', '.')).toEqual(names.sort());
});

it('the README names every command', () => {
  const all = Object.keys(COMMANDS).map((name) => name.split(' ')[0]);
  expect(listed('npm run reports', 'Runs the product', '.').sort()).toEqual([...new Set(all)].sort());
});

it('README or CONTRIBUTING names every script of package.json', () => {
  const { scripts } = JSON.parse(text('package.json')) as { scripts: { [name: string]: string } };
  const names = Object.keys(scripts).filter((name) => !(name.startsWith('pre') && name.slice(3) in scripts));
  const documents = text('README.md') + text('.github/CONTRIBUTING.md');
  expect(names.filter((name) => !new RegExp(`\`(?:npm (?:run )?)?${name}\\b`).test(documents))).toEqual([]);
  for (const [, name = ''] of documents.matchAll(/`npm run (?:-s )?([a-z]+)/g)) expect(names).toContain(name);
});
