import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../generator/render/version.ts';

const ROOMS = 'lint/style/noRestrictedImports';
const CYCLE = 'lint/suspicious/noImportCycles';
const NODE = 'lint/correctness/noNodejsModules';

/** A file of the tree, what is planted in it, and the rule that must see it; none where the import is allowed. */
const PLANTED: [file: string, imported: string, rule: string | undefined][] = [
  ['generator/shared/model.ts', './format/format.ts', ROOMS],
  ['generator/shared/view.ts', './model.ts', undefined],
  ['generator/shared/calendar/days.ts', '../figures/totals.ts', ROOMS],
  ['generator/shared/format/format.ts', '../calls/party.ts', ROOMS],
  ['generator/shared/filter/match.ts', '../counts/cube.ts', ROOMS],
  ['generator/shared/calls/party.ts', '../columns/calls.ts', ROOMS],
  ['generator/shared/counts/cube.ts', '../figures/lead.ts', ROOMS],
  ['generator/shared/columns/calls.ts', '../charts/axis.ts', ROOMS],
  ['generator/shared/charts/axis.ts', '../../lib/bytes.ts', ROOMS],
  ['generator/shared/columns/calls.ts', '../search/terms.ts', ROOMS],
  ['generator/shared/search/terms.ts', '../figures/lead.ts', ROOMS],
  ['generator/shared/figures/lead.ts', '../filter/filter.ts', undefined],
  ['generator/shared/figures/totals.ts', 'node:fs', NODE],
  ['site/report/call/quotes.ts', 'node:path', NODE],
  ['site/report/call/find-in-call.ts', '../../../generator/lib/bytes.ts', ROOMS],
  ['site/report/call/keys.ts', '#shared/model.ts', undefined],
  ['site/report/explorer/store.ts', '../../gate/settings.ts', ROOMS],
  ['generator/lib/bytes.ts', '../store/store.ts', ROOMS],
  ['generator/lib/command-line/ask.ts', '../../store/store.ts', ROOMS],
  ['generator/lib/command-line/ask.ts', '../errors.ts', undefined],
  ['generator/store/file.ts', '../source/json.ts', ROOMS],
  ['generator/tenants/config.ts', '../masking/names.ts', ROOMS],
  ['generator/masking/names.ts', '../source/json.ts', ROOMS],
  ['generator/source/json.ts', '../normalize/call.ts', ROOMS],
  ['generator/source/feed/open.ts', '../../normalize/call.ts', ROOMS],
  ['generator/pipeline/ports.ts', '../source/layout.ts', ROOMS],
  ['generator/pipeline/errors.ts', '../settings.ts', ROOMS],
  ['generator/pipeline/config.ts', '../lib/bytes.ts', undefined],
  ['generator/pipeline/providers/open.ts', '../../settings.ts', ROOMS],
  ['generator/pipeline/providers/http.ts', '../config.ts', undefined],
  ['generator/pipeline/providers/oak/oak.ts', '../../../settings.ts', ROOMS],
  ['generator/pipeline/providers/oak/pages.ts', '../../config.ts', undefined],
  ['generator/source/layout.ts', '../pipeline/config.ts', ROOMS],
  ['generator/build.ts', './pipeline/ports.ts', ROOMS],
  ['generator/normalize/call.ts', '../days/state.ts', ROOMS],
  ['generator/publish/status.ts', '../report/troubles.ts', ROOMS],
  ['generator/publish/tree/tree.ts', '../../days/state.ts', ROOMS],
  ['generator/publish/check/verify.ts', '../manifest.ts', undefined],
  ['generator/days/state.ts', '../report/report.ts', ROOMS],
  ['generator/report/report.ts', '../render/renderer.ts', ROOMS],
  ['generator/render/renderer.ts', '../digest/send.ts', ROOMS],
  ['generator/render/worker.ts', '../lib/bytes.ts', undefined],
  ['generator/normalize/wide.ts', '../build.ts', ROOMS],
  ['generator/digest/schedule/due.ts', '../content/compose.ts', ROOMS],
  ['generator/digest/recipients/scope.ts', '../send.ts', ROOMS],
  ['generator/digest/content/compose.ts', '../mail/message.ts', ROOMS],
  ['generator/digest/mail/message.ts', '../ledger/ledger.ts', ROOMS],
  ['generator/digest/ledger/ledger.ts', '../outcome.ts', ROOMS],
  ['generator/digest/send.ts', '../run.ts', ROOMS],
  ['generator/digest/send.ts', '../notify/notify.ts', ROOMS],
  ['generator/notify/notify.ts', '../run.ts', ROOMS],
  ['generator/notify/words.ts', '../digest/outcome.ts', undefined],
  ['generator/build.ts', './commands/build.ts', ROOMS],
  ['generator/build/make.ts', '../run.ts', ROOMS],
  ['generator/render/version.ts', '../build/make.ts', ROOMS],
  ['generator/render/render-site.ts', '../read/read-calls.ts', ROOMS],
  ['generator/read/read-calls.ts', '../build/make.ts', ROOMS],
  ['generator/build/make.ts', '../read/read-calls.ts', undefined],
  ['generator/run.ts', './erase/erase.ts', ROOMS],
  ['generator/publish/publish.ts', '../erase/erase.ts', ROOMS],
  ['generator/digest/ledger/ledger.ts', '../../erase/erase.ts', ROOMS],
  ['generator/erase/mail.ts', '../commands/erase.ts', ROOMS],
  ['generator/erase/mail.ts', '../digest/ledger/ledger.ts', undefined],
  ['generator/build.ts', '../scripts/browser.ts', ROOMS],
  ['generator/settings.ts', '../site/gate/settings.ts', ROOMS],
  ['generator/settings/gate.ts', '../commands/serve.ts', ROOMS],
  ['generator/settings/mail.ts', '../digest/mail/mail-url.ts', undefined],
  ['site/gate/settings.ts', '../../generator/settings/gate.ts', ROOMS],
  ['generator/commands/build.ts', '../../site/gate/serve.ts', ROOMS],
  ['generator/commands/serve.ts', '../../site/gate/serve.ts', undefined],
  ['generator/commands/build.test.ts', '../../scripts/browser.ts', undefined],
  ['site/gate/http/target.ts', '../content/blobs.ts', ROOMS],
  ['site/gate/auth/tenant.ts', '../front/front.ts', ROOMS],
  ['site/gate/content/sites.ts', '../notices/notice.ts', ROOMS],
  ['site/gate/notices/notice.ts', '../site-response.ts', ROOMS],
  ['site/gate/notices/notice.ts', '../answers/site.ts', ROOMS],
  ['site/gate/answers/site.ts', '../front/front.ts', ROOMS],
  ['site/gate/front/short-way.ts', '../answers/site.ts', undefined],
  ['site/gate/content/blobs.ts', '../../../generator/store/store.ts', undefined],
  ['site/gate/content/assets.ts', '../../../generator/render/version.ts', ROOMS],
  ['site/gate/settings.ts', '#shared/model.ts', ROOMS],
  ['site/gate/serve.ts', '../report/call/find-in-call.ts', ROOMS],
];

const tree = mkdtempSync(join(tmpdir(), 'cci-rooms-'));
const put = (file: string, text: string) => {
  mkdirSync(join(tree, dirname(file)), { recursive: true });
  writeFileSync(join(tree, file), text);
};
/** Each is planted in a file of its own: a second one of a name as "also-build.ts". */
const placeOf = (file: string, at: number): string =>
  PLANTED.findIndex(([first]) => first === file) === at ? file : join(dirname(file), `also-${file.split('/').at(-1)}`);

let seen: Map<string, string[]>;
beforeAll(() => {
  const { vcs: _, ...config } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  put('biome.json', JSON.stringify(config));
  cpSync(join(ROOT, 'scripts/lint/rooms.json'), join(tree, 'scripts/lint/rooms.json'), { recursive: true });
  for (const [at, [file, imported]] of PLANTED.entries())
    put(placeOf(file, at), `import { it } from '${imported}';\n\nexport const own = it;\n`);
  put('generator/lib/one.ts', "import type { Two } from './two.ts';\n\nexport type One = Two;\n");
  put('generator/lib/two.ts', "import type { One } from './one.ts';\n\nexport type Two = One | string;\n");
  const { stdout } = spawnSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
    { cwd: tree, encoding: 'utf8' },
  );
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { category: string; location: { path: string } }[] };
  seen = new Map();
  for (const { category, location } of diagnostics) {
    const file = location.path.replace(/^\.\//, '');
    seen.set(file, [...(seen.get(file) ?? []), category]);
  }
});
afterAll(() => rmSync(tree, { recursive: true }));

it.each(PLANTED.map((planted, at) => [...planted, at] as const))('%s → %s: %s', (file, _imported, rule, at) => {
  expect(seen.get(placeOf(file, at)) ?? []).toEqual(rule === undefined ? [] : [rule]);
});

it('no circle, of types neither', () => {
  expect(seen.get('generator/lib/one.ts')).toEqual([CYCLE]);
});
