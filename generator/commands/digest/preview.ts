import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Message } from '../../digest/mail/message.ts';
import { sendDigests } from '../../digest/send.ts';
import { UserError } from '../../lib/errors.ts';
import { withFiles } from '../../lib/file-errors.ts';
import { say } from '../../lib/printable.ts';
import { need, type Settings } from '../../settings.ts';
import type { Answer } from '../command.ts';
import { optionsOf } from './digest.ts';

const FOLDER = '.preview';
const QUERY = '@media (prefers-color-scheme: dark)';

/** `digest preview`: each recipient's digest, as light and as dark clients show it, side by side. Nothing is sent or claimed. */
export async function preview(settings: Settings): Promise<Answer> {
  const urls = need(settings, 'config', 'reports');
  if (settings.org?.length !== 1)
    throw new UserError([say`--org: name the one organization whose digests you want to see.`]);
  const messages: Message[] = [];
  const options = await optionsOf(settings, { ...urls, mailUrl: 'file:unused', mailFrom: 'preview@example.com' });
  const { digests, text, failed } = await sendDigests({
    ...options,
    dryRun: true,
    again: true,
    seen: (message) => messages.push(message),
  });
  const folder = resolve(settings.out ?? FOLDER);
  const index = join(folder, 'index.html');
  await withFiles(say`write the digests to ${folder}`, async () => {
    await mkdir(folder, { recursive: true });
    for (const { id, html } of messages) {
      await writeFile(join(folder, `${id}-light.html`), html.replaceAll(QUERY, '@media not all'));
      await writeFile(join(folder, `${id}-dark.html`), html.replaceAll(QUERY, '@media all'));
    }
    await writeFile(index, page(messages.map(({ id }) => id)));
  });
  return { json: { digests, index }, text: [...text, say`Open ${pathToFileURL(index).href}`], failed };
}

/** @param ids hex digits only */
const page = (ids: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Digests</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
div { display: flex; gap: 1rem; margin-bottom: 2rem; }
iframe { border: 1px solid #888; flex: 1; height: 60rem; }
</style>
</head>
<body>
<h1>Digests, light and dark</h1>
${ids.map((id) => `<div><iframe title="light" src="${id}-light.html"></iframe><iframe title="dark" src="${id}-dark.html"></iframe></div>`).join('\n')}
</body>
</html>
`;
