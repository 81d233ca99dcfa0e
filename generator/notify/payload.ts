import type { Notice } from './channel.ts';
import { noticeText } from './words.ts';

/** Hosts of Teams: those of its workflows, and of its older webhooks. */
const TEAMS = /(^|\.)(logic\.azure\.com|powerplatform\.com|webhook\.office\.com)$/;

/**
 * The JSON that a webhook gets. Slack shows `text`. Teams shows adaptive cards alone, so a host of Teams gets the same lines as one.
 * @param host of the webhook
 */
export function payloadOf(notice: Notice, host: string): string {
  const { id, at, changes } = notice;
  const text = noticeText(changes);
  const kind = changes.some(({ state }) => state === 'trouble') ? 'trouble' : 'ok';
  const organizations = [...new Set(changes.map(({ organization }) => organization))];
  const facts = changes.map(({ organization, subject, state }) => ({ organization, subject, state }));
  const payload = { version: 1, id, at, kind, text, organizations, changes: facts };
  return JSON.stringify(TEAMS.test(host) ? { ...payload, ...card(text) } : payload);
}

const card = (text: string) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.2',
        body: text
          .split('\n')
          .map((line, i) => ({ type: 'TextBlock', text: line, wrap: true, ...(i === 0 && { weight: 'Bolder' }) })),
      },
    },
  ],
});
