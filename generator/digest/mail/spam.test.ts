import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTemplates } from '../../../templates/compile.ts';
import { installDebian } from '../../fixtures/debian.ts';
import { messageOf } from '../../lib/errors.ts';
import { CASES, messageOf as mailOf } from '../fixtures/mails.ts';
import { openTemplates } from './template.ts';

const PROGRAM = '/usr/bin/spamassassin';
const absent = await installDebian(['spamassassin'], [PROGRAM]).then(() => undefined, messageOf);

interface Verdict {
  score: number;
  rules: string;
}

/**
 * What SpamAssassin's local rules make of mails, which it reads in one go: without DNS, Bayes and signatures, which only a real
 * delivery has.
 */
async function judge(mails: readonly Uint8Array[]): Promise<Verdict[]> {
  const home = mkdtempSync(join(tmpdir(), 'spam-'));
  const files = mails.map((bytes, i) => {
    const file = join(home, `${i}.eml`);
    writeFileSync(file, bytes);
    return file;
  });
  const child = spawn(PROGRAM, ['--test-mode', '--local', '--nocreate-prefs', ...files], {
    env: { PATH: process.env.PATH, HOME: home, LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  rmSync(home, { recursive: true, force: true });
  const said = text.matchAll(/^X-Spam-Status: \w+, score=(-?[\d.]+).*?tests=(.*?) autolearn/gms);
  return Array.from(said, ([, score, rules = '']) => ({ score: Number(score), rules: rules.replace(/\s/g, '') }));
}

if (absent !== undefined) {
  console.warn(`\n*** NOT TESTED by SpamAssassin: ${absent} ***\n`);
  it.skip(`SpamAssassin: ${absent}`, () => {});
} else {
  describe('SpamAssassin', () => {
    let verdicts: Verdict[];
    beforeAll(async () => {
      const folder = mkdtempSync(join(tmpdir(), 'mail-'));
      await compileTemplates(folder);
      const fill = await openTemplates(folder);
      const mails = await Promise.all(CASES.map(async (name) => (await mailOf(name, fill)).bytes));
      const usual = Buffer.from(mails[CASES.indexOf('usual')] ?? expect.fail()).toString();
      const spam = usual.replace(/^To: .*$/m, 'To: undisclosed-recipients').replace(/^Date: .*\r\n/m, '');
      verdicts = await judge([...mails, Buffer.from(spam)]);
    });

    it('judges each', () => {
      expect(verdicts).toHaveLength(CASES.length + 1);
    });

    it.each(CASES)('gives less than one point: %s', (name) => {
      const { score, rules } = verdicts[CASES.indexOf(name)] ?? expect.fail();
      expect(score, rules).toBeLessThan(1);
    });

    it('gives more to what is spam', () => {
      expect(verdicts.at(-1)?.score).toBeGreaterThan(1);
    });
  });
}
