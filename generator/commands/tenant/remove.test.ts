import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { fileStore } from '../../store/file.ts';
import { runHere } from '../../testing/run-here.ts';

const folder = mkdtempSync(join(tmpdir(), 'cci-tenant-remove-'));
const url = (name: string) => pathToFileURL(join(folder, name)).href;
const env = { CCI_RESULTS_URL: url('results'), CCI_CONFIG_URL: url('config'), CCI_REPORTS_URL: url('reports') };
const remove = (...args: string[]) => runHere(['tenant', 'remove', '--org', 'acme', ...args], env);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('says what to delete upstream, asks before it removes, and says what it has kept and why', async () => {
  const [results, config, reports] = [fileStore(url('results')), fileStore(url('config')), fileStore(url('reports'))];
  await results.put('acme/enriched/+441632960001.json', '{}');
  await config.put('acme/report-config.json', '{}');
  await reports.put('acme/blobs/left.1', 'x');
  await reports.put('mail/ledger/acme/2026-03-29/a.json', '{}');
  const held = await remove('--yes');
  expect(held.status).toBe(1);
  expect(held.stdout).toContain(`  acme/enriched/ in ${url('results')}: 1 object`);
  expect(held.stdout).toContain(`  acme/ in ${url('config')}: 1 object`);
  expect(held.stdout).not.toContain('441632960001');
  await results.remove('acme/enriched/+441632960001.json');
  await config.remove('acme/report-config.json');

  const unasked = await remove();
  expect(unasked).toMatchObject({ status: 2, stdout: '' });
  expect(unasked.stderr).toContain('run it again with --yes');
  expect(await reports.get('acme/blobs/left.1')).toBeDefined();

  const removed = await remove('--yes');
  expect(removed.status).toBe(0);
  expect(removed.stdout).toContain(
    'acme: nothing is left below acme/ and mail/frozen/acme/, and no line in status.json.',
  );
  expect(removed.stdout).toContain('acme: kept: mail/ledger/acme/ (1 object), which says what was sent');
  const again = await remove('--yes', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ org: 'acme', state: 'nothing', kept: { ledger: 1 } });
  expect(again.status).toBe(0);
});
