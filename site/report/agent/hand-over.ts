// The page of an agent or a team can be handed over as it is shown: with its period. Of an agent a reader can keep a note.
import { canCopy, copyButton, linkTo } from '../browser/copy.ts';
import { element } from '../browser/element.ts';
import { isOlder } from '../browser/older.ts';
import { inWords } from '../browser/reader-error.ts';
import { onReader } from '../kept/on-reader.ts';
import type { Subject } from '../period/agent-view.ts';

if (canCopy()) document.getElementById('print')?.before(copyButton('Copy link', () => linkTo()));

async function openNotes(agent: string): Promise<void> {
  try {
    await (await import('./notes/open.ts')).openNotes(agent);
  } catch (error) {
    const words = inWords(error, 'Your coaching notes could not be opened');
    document.getElementById('figures')?.after(element('p', { class: 'message', role: 'alert' }, words));
  }
}

const { agent, isTeam } = JSON.parse(document.getElementById('figures')?.dataset.subject ?? '{}') as Partial<Subject>;
if (agent !== undefined && !isTeam && !isOlder()) onReader(() => void openNotes(agent));
