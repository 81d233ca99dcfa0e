import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../../templates/compile.ts';
import { installDebian } from '../../fixtures/debian.ts';
import { messageOf } from '../../lib/errors.ts';
import { CASES, messageOf as mailOf } from '../fixtures/mails.ts';
import { type Fill, openTemplates } from './template.ts';

const PROGRAM = '/usr/bin/spamassassin';
const absent = await installDebian(['spamassassin'], [PROGRAM]).then(() => undefined, messageOf);

/** What SpamAssassin's local rules make of a mail: without DNS, Bayes and signatures, which only a real delivery has. */
async function judge(bytes: Uint8Array): Promise<{ score: number; rules: string }> {
  const home = mkdtempSync(join(tmpdir(), 'spam-'));
  const child = spawn(PROGRAM, ['--test-mode', '--local', '--nocreate-prefs'], {
    env: { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.end(bytes);
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  const [, score, rules = ''] = /^X-Spam-Status: \w+, score=(-?[\d.]+).*?tests=(.*?) autolearn/ms.exec(text) ?? [];
  return { score: Number(score ?? Number.NaN), rules: rules.replace(/\s/g, '') };
}

if (absent !== undefined) {
  console.warn(`\n*** NOT TESTED by SpamAssassin: ${absent} ***\n`);
  it.skip(`SpamAssassin: ${absent}`, () => {});
} else {
  describe('SpamAssassin', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mail-'));
    let fill: Fill;
    beforeAll(async () => {
      await compileTemplates(folder);
      fill = await openTemplates(folder);
    });

    it.each(CASES)('gives less than one point: %s', async (name) => {
      const { score, rules } = await judge((await mailOf(name, fill)).bytes);
      expect(score, rules).toBeLessThan(1);
    });

    it('gives more to what is spam', async () => {
      const mail = Buffer.from((await mailOf('usual', fill)).bytes).toString();
      const spam = mail.replace(/^To: .*$/m, 'To: undisclosed-recipients').replace(/^Date: .*\r\n/m, '');
      expect((await judge(Buffer.from(spam))).score).toBeGreaterThan(1);
    });
  });
}
