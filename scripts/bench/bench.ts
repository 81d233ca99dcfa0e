// `npm run bench [name ...] [-- --print]`: run benchmarks, all without a name; print what they find and keep it in docs/benchmarks.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../generator/render/version.ts';
import { type Bench, sectionOf, withSection } from './report.ts';

const BENCHMARKS: { [name: string]: () => Promise<{ bench: Bench }> } = {
  build: () => import('./build.ts'),
  compress: () => import('./compress.ts'),
  fetch: () => import('./fetch.ts'),
  fold: () => import('./fold.ts'),
  gate: () => import('./gate.ts'),
  manifest: () => import('./manifest.ts'),
  mail: () => import('./mail.ts'),
  page: () => import('./page.ts'),
  pipeline: () => import('./pipeline.ts'),
  render: () => import('./render.ts'),
  scale: () => import('./scale.ts'),
  search: () => import('./search.ts'),
  sheet: () => import('./sheet.ts'),
};

const DOCUMENT = join(ROOT, 'docs/benchmarks.md');
const HEAD = `# Benchmarks

Each section is what one run of its command printed. Ratios hold better than seconds: they were measured side by side.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { print: { type: 'boolean', default: false } },
});
const unknown = positionals.find((name) => !Object.hasOwn(BENCHMARKS, name));
if (unknown !== undefined) {
  process.stderr.write(
    `There is no benchmark "${unknown}". Name some of: ${Object.keys(BENCHMARKS).join(', ')}; or none, for all.\n`,
  );
  process.exit(2);
}
for (const [name, load] of Object.entries(BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const section = sectionOf(await (await load()).bench());
  process.stdout.write(`${section}\n\n`);
  if (values.print) continue;
  const document = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : HEAD;
  writeFileSync(DOCUMENT, withSection(document, name, section));
}
