// `npm run bench mail`: what a digest costs: filling its templates, making the whole mail, sending it, and a cold `digest`.
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { composeDigest } from '../../generator/digest/content/compose.ts';
import { inputOf, messageOf } from '../../generator/digest/fixtures/mails.ts';
import { startSesDouble } from '../../generator/digest/fixtures/ses-double.ts';
import { deliver } from '../../generator/digest/ledger/deliver.ts';
import { ses } from '../../generator/digest/mail/ses.ts';
import { smtp } from '../../generator/digest/mail/smtp.ts';
import { type Fill, openTemplates } from '../../generator/digest/mail/template.ts';
import type { Transport } from '../../generator/digest/mail/transport.ts';
import { memoryWorld, plainRenderer, putCall } from '../../generator/fixtures/world.ts';
import { silentLog } from '../../generator/lib/console.ts';
import { codeVersion, ROOT } from '../../generator/render/version.ts';
import { buildAll } from '../../generator/run.ts';
import { fileStore } from '../../generator/store/file.ts';
import { type Bench, machine, median } from './report.ts';

const FILLS = 2_000;
const MESSAGES = 100;
const SENT = 300;
const ROUNDS = Number(process.env.CCI_ROUNDS ?? 5);
const GOALS = { fillMs: 1, perSecond: 100, coldSeconds: 1 };

export const bench: Bench = async () => {
  const fill = await openTemplates();
  const input = inputOf('usual');
  const view = composeDigest(input);
  const fillMs = await medianMs(FILLS, () => fill(view));
  const messageMs = await medianMs(MESSAGES, () => messageOf('usual', fill, composeDigest(input)));
  const folder = await mkdtemp(join(tmpdir(), 'cci-bench-mail-'));
  try {
    const viaSmtp = await throughSmtp(folder, fill);
    const viaSes = await throughSes(folder, fill);
    const cold = await coldDigest(folder);
    const ms = (value: number) => value.toFixed(2);
    return {
      title: 'Digests',
      command: 'npm run bench mail',
      machine: machine(),
      method: `The usual mail: 28 days of twelve calls, every section filled, ${Buffer.byteLength(fill(view).html).toLocaleString('en-GB')} bytes of HTML and a picture. A fill makes HTML and text from a finished view; a whole message also counts the calls of 28 days, draws the picture and makes the MIME: medians of ${FILLS.toLocaleString('en-GB')} and ${MESSAGES}. ${SENT} digests are sent one after the other, each with four ledger writes to a folder: to \`smtp-server\`, with one connection per mail, each delayed by 100 ms by that server, and to our double of SES; real services set their own pace. A cold \`digest\` is a whole process for three recipients, to an outbox: median of ${ROUNDS}.`,
      tables: [
        {
          head: ['what', 'measured'],
          rows: [
            ['fill of both parts, ms', ms(fillMs)],
            ['whole message, ms', ms(messageMs)],
            ['messages a second by SMTP', viaSmtp.toFixed(0)],
            ['messages a second by SES', viaSes.toFixed(0)],
            ['cold `digest`, seconds', ms(cold)],
          ],
        },
      ],
      goals: [
        atMost('fill of both parts, ms', GOALS.fillMs, fillMs),
        atLeast('messages a second by SMTP', GOALS.perSecond, viaSmtp),
        atLeast('messages a second by SES', GOALS.perSecond, viaSes),
        atMost('cold `digest`, seconds', GOALS.coldSeconds, cold),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const atMost = (what: string, goal: number, value: number) => ({
  what,
  goal: `≤ ${goal}`,
  measured: value.toFixed(2),
  met: value <= goal,
});
const atLeast = (what: string, goal: number, value: number) => ({
  what,
  goal: `≥ ${goal}`,
  measured: value.toFixed(0),
  met: value >= goal,
});

/** The first tenth warms up. */
async function medianMs(times: number, work: () => unknown): Promise<number> {
  const taken: number[] = [];
  for (let i = -times / 10; i < times; i++) {
    const started = performance.now();
    await work();
    if (i >= 0) taken.push(performance.now() - started);
  }
  return median(taken);
}

/** Mails a second through everything that comes after making them. @throws where one was not sent */
async function rateOf(transport: Transport, ledger: string, fill: Fill): Promise<number> {
  const store = fileStore(pathToFileURL(ledger).href);
  const message = await messageOf('usual', fill);
  const { organization, date } = message;
  const started = performance.now();
  for (let i = 0; i < SENT; i++) {
    const key = { organization, date, address: `reader-${i}@example.com`, kind: 'daily' as const };
    const { state } = await deliver(store, transport, key, { ...message, to: key.address }, () => new Date());
    if (state !== 'sent') throw new Error(`a mail of the benchmark is ${state}`);
  }
  const seconds = (performance.now() - started) / 1000;
  await transport.close();
  return SENT / seconds;
}

async function throughSmtp(folder: string, fill: Fill): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, done) => void stream.on('end', () => done()).resume(),
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    return await rateOf(await smtp(`smtp://127.0.0.1:${port}`), join(folder, 'smtp'), fill);
  } finally {
    await new Promise<void>((closed) => server.close(closed));
  }
}

async function throughSes(folder: string, fill: Fill): Promise<number> {
  process.env.AWS_ACCESS_KEY_ID ??= 'x';
  process.env.AWS_SECRET_ACCESS_KEY ??= 'x';
  const double = await startSesDouble({ rate: 100_000 });
  try {
    return await rateOf(await ses(`ses:eu-central-1?endpoint=${double.endpoint}`), join(folder, 'ses'), fill);
  } finally {
    await double.close();
  }
}

/** Seconds of the whole process. @throws where it did not send */
async function coldDigest(folder: string): Promise<number> {
  const url = (name: string) => pathToFileURL(join(folder, name)).href;
  const [config, reports] = [fileStore(url('config')), fileStore(url('reports'))];
  const recipients = ['a', 'b', 'c'].map((name) => ({ address: `${name}@example.com` }));
  await config.put('org_1/report-config.json', JSON.stringify({ digest: { recipients } }));
  const world = memoryWorld({ now: () => new Date('2026-03-31T03:00:00Z'), codeVersion: codeVersion() });
  for (let i = 0; i < 20; i++) await putCall(world.results, 'org_1', { id: `c${i}` });
  await buildAll({ ...world, config, reports, renderer: plainRenderer, logFor: () => silentLog }, undefined);
  const env = {
    PATH: process.env.PATH,
    CCI_CONFIG_URL: url('config'),
    CCI_REPORTS_URL: url('reports'),
    CCI_MAIL_URL: url('outbox'),
    CCI_MAIL_FROM: 'Reports <reports@cci.example>',
  };
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['reports/mail', 'outbox']) await rm(join(folder, name), { recursive: true, force: true });
    const started = performance.now();
    const args = [join(ROOT, 'generator/reports.mjs'), 'digest', '--now', '2026-03-31T08:00:00Z'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    seconds.push((performance.now() - started) / 1000);
    if (status !== 0 || !stdout.includes('3 sent')) throw new Error(`digest of the benchmark: ${stdout}${stderr}`);
  }
  return median(seconds);
}
