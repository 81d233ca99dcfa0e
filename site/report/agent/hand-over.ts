// The page of an agent or a team can be handed over as it is shown: with its period. Of an agent a reader can keep a note.
import { canCopy, copyButton, linkTo } from '../browser/copy.ts';
import { isOlder } from '../browser/older.ts';
import { onReader } from '../kept/on-reader.ts';
import type { Subject } from '../period/agent-view.ts';

if (canCopy()) document.getElementById('print')?.before(copyButton('Copy link', () => linkTo()));

/** Where it cannot be loaded, the page is as complete as it was. */
const openNotes = async (agent: string): Promise<void> =>
  (await import('./notes/open.ts').catch(() => undefined))?.openNotes(agent);

const { agent, isTeam } = JSON.parse(document.getElementById('figures')?.dataset.subject ?? '{}') as Partial<Subject>;
if (agent !== undefined && !isTeam && !isOlder()) onReader(() => void openNotes(agent));
