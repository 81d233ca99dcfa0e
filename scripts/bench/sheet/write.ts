import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const FACTS = ['call_id', 'direction', 'calling_party', 'called_party', 'started_at', 'duration_seconds', 'agent_id'];
const SCORES = [
  'processing_timestamp',
  'sentiment',
  'sentiment_positive',
  'sentiment_negative',
  'overall_score',
  'grade',
];
const RULES = ['greeting', 'identity_verified', 'next_steps', 'closing'];
const DAY_MS = 86_400_000;

/** A sheet of about 1.2 KB a row, over 90 days, 40 agents and four rules, with quotes and line breaks in every row. */
export async function writeSheet(path: string, rows: number): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const file = createWriteStream(path);
  const rules = RULES.flatMap((rule) => [`qa_${rule}_pass`, `qa_${rule}_score`, `qa_${rule}_reason`]);
  file.write(`${[...FACTS, ...SCORES, 'summary', 'topic', ...rules].join(',')}\r\n`);
  for (let i = 0; i < rows; i++) if (!file.write(`${rowOf(i).join(',')}\r\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'close');
}

function rowOf(i: number): (string | number | boolean)[] {
  const started = new Date(Date.UTC(2026, 0, 1) + (i % 90) * DAY_MS + (i % 36_000) * 1000).toISOString();
  const score = i % 101;
  const facts = [`call-${i}`, 'inbound', `+44163296${i % 10_000}`, '+441632960000', started, i % 900, `agent${i % 40}`];
  const scores = ['2026-04-02T06:00:00Z', 'positive', 0.8, 0.1, score, 'ABCDE'[i % 5] ?? ''];
  const text = `"The caller asked about parcel ${i}, which had ""not"" come.\r\n${'It was found and sent again. '.repeat(20)}"`;
  const rules = RULES.flatMap((_, n) => [
    (i + n) % 3 > 0,
    score,
    `"Said at the start, ""as asked"". ${'x'.repeat(60)}"`,
  ]);
  return [...facts, ...scores, text, 'Parcels', ...rules];
}
