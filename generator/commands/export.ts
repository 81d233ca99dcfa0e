import { UserError } from '../lib/errors.ts';
import { withFiles } from '../lib/file-errors.ts';
import { say } from '../lib/printable.ts';
import { exportSite } from '../publish/export.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, open } from './command.ts';

/** `export`: one organization's current site as plain files. */
export async function exportFiles(settings: Settings): Promise<Answer> {
  const { reports, out } = need(settings, 'reports', 'out');
  const [org, ...more] = settings.org ?? [];
  if (org === undefined || more.length > 0)
    throw new UserError([say`export takes exactly one --org ID. Name the organization to export.`]);
  const files = await withFiles(say`write the export to ${out}`, async () => exportSite(await open(reports), org, out));
  return { json: { org, out, files }, text: [say`${files} files of ${org} are in ${out}.`], failed: false };
}
