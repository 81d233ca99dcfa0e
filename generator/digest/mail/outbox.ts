import Handlebars from 'handlebars';
import { PreconditionFailed, type Store } from '../../store/store.ts';
import { NotSent, type Transport } from './transport.ts';

const escaped = Handlebars.escapeExpression;
/** Times that the index is written again because another run has put mail in meanwhile. */
const ATTEMPTS = 5;

/** A page that lists the outbox, newest day first. Best effort: the mails themselves are there whatever happens. */
async function writeIndex(store: Store): Promise<void> {
  let listed = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const files = await mailsOf(store);
    if (files.join() === listed) return;
    listed = files.join();
    const rows: string[] = [];
    for (const file of files) rows.push(await rowOf(store, file));
    await store.put('index.html', page(rows));
  }
}

async function mailsOf(store: Store): Promise<string[]> {
  const files: string[] = [];
  for await (const { key } of store.list('')) if (key.endsWith('.eml') && !key.includes('/')) files.push(key);
  return files.sort().reverse();
}

async function rowOf(store: Store, file: string): Promise<string> {
  const object = await store.get(file);
  const { subject, to } = headersOf(new TextDecoder().decode(object?.body));
  const name = encodeURIComponent(file.slice(0, -'.eml'.length));
  return `<tr><td>${escaped(file.slice(0, 10))}</td><td>${escaped(to)}</td><td><a href="${name}.html">${escaped(subject)}</a></td><td><a href="${name}.eml">.eml</a></td></tr>`;
}

/** Subject and recipient of a mail, decoded. */
export function headersOf(mail: string): { subject: string; to: string } {
  const head = (mail.split(/\r?\n\r?\n/, 1)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ');
  const header = (name: string) => decodeWords(new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '');
  return { subject: header('Subject'), to: header('To') };
}

/** Encoded words of RFC 2047, in UTF-8; space between two of them is none. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_all, kind: string, body: string) => {
      if (kind.toLowerCase() === 'b') return Buffer.from(body, 'base64').toString();
      const bytes = body
        .replaceAll('_', ' ')
        .replace(/=([0-9A-F]{2})/gi, (_hex, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
      return Buffer.from(bytes, 'latin1').toString();
    });
}

const page = (rows: readonly string[]): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Outbox</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
td:first-child { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8886; padding: .4rem .8rem .4rem 0; text-align: left; vertical-align: top; }
</style>
</head>
<body>
<h1>Outbox</h1>
<p>Mail that would have been sent if CCI_MAIL_URL named a mail service.</p>
<table>
<thead><tr><th scope="col">About</th><th scope="col">To</th><th scope="col">Subject</th><th scope="col">File</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`;

/** A folder of `.eml` files, each with its HTML beside it, and an index to browse them. */
export function outbox(store: Store): Transport {
  let isNew = false;
  return {
    async send(message) {
      const name = `${message.date}-${message.organization}-${message.id}`;
      const file = `${name}.eml`;
      try {
        await store.put(file, message.bytes, { ifNoneMatch: '*' });
        isNew = true;
      } catch (error) {
        // It lies there already: it was sent, whatever the ledger knew of it.
        if (error instanceof PreconditionFailed) return { id: file };
        throw new NotSent(
          `the outbox ${store.url} cannot be written: ${error instanceof Error ? error.message : error}`,
        );
      }
      // Only to read in a browser: whatever becomes of it, the mail has been delivered.
      await store.put(`${name}.html`, message.html).catch(() => {});
      return { id: file };
    },
    close: async () => (isNew ? writeIndex(store) : undefined),
  };
}
