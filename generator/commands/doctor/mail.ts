import { randomUUID } from 'node:crypto';
import { printable, say } from '../../lib/printable.ts';
import { fileStore } from '../../store/file.ts';
import { ANSWER_MS, type Context } from './context.ts';
import { attempt, capital, type Finding, notChecked, ok, whyOf, wrong } from './finding.ts';

/** Whether mail could leave the way that CCI_MAIL_URL names. Nothing is sent. The URL may hold a password and is in no sentence. */
export async function checkMail({ settings }: Context, mailUrl: string): Promise<Finding[]> {
  if (mailUrl.startsWith('file:')) return attempt('mail', () => checkOutbox(mailUrl));
  if (mailUrl.startsWith('ses:')) return (await import('./ses.ts')).checkSes(mailUrl, settings.mailFrom);
  return attempt('mail', () => checkServer(mailUrl));
}

/** Writes a file of its own and removes it. */
async function checkOutbox(url: string): Promise<Finding[]> {
  const store = fileStore(url);
  const key = `cci-probe-${randomUUID()}`;
  try {
    await store.put(key, 'probe', { ifNoneMatch: '*' });
    await store.remove(key);
    return [ok('mail', say`Mail is written to the folder ${url}, which can be written. Nobody receives it.`)];
  } catch (error) {
    return [wrong('mail', whyOf(error))];
  }
}

async function checkServer(url: string): Promise<Finding[]> {
  const { trySmtp } = await import('../../digest/mail/smtp.ts');
  const { reasonOf } = await import('../../digest/mail/failure-reason.ts');
  try {
    const server = await trySmtp(url, ANSWER_MS);
    const isAnonymous = new URL(url).username === '';
    return [
      ok(
        'mail',
        say`The mail server ${server} answers${isAnonymous ? '' : ' and accepts the user name and password'}. Nothing was sent.`,
      ),
      notChecked(
        'mail: sender',
        say`Only a mail shows whether that server accepts the sender. Try digest --to ADDRESS --org ID.`,
      ),
    ];
  } catch (error) {
    // A server may repeat addresses.
    return [wrong('mail', printable(capital(`${reasonOf(error)}.`)))];
  }
}
