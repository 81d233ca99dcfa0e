import sheet from '../../../styles/notes.css?url';
import { loadSheet } from '../../browser/load-sheet.ts';
import { keptNow, onOtherTab } from '../../kept/kept-now.ts';
import { markOf, readerNow } from '../../kept/reader.ts';
import { REDRAWN } from '../../period/redrawn-event.ts';
import { openNote } from './kept-note.ts';
import { type NoteSection, noteSection } from './note-section.ts';

let section: NoteSection | undefined;
/** Whose note is shown. */
let shown: string | undefined;

/**
 * Show the note of the reader of now about an agent.
 * @param agent id
 */
export async function openNotes(agent: string): Promise<void> {
  const reader = readerNow();
  if (reader === undefined) return;
  // The mark stands for both, so that an agent's address is not left in a browser.
  const [name] = await Promise.all([markOf(reader, agent), loadSheet(sheet)]);
  if (name === undefined || readerNow() !== reader) return;
  // Of what another reader has typed nothing stays.
  if (shown !== name) close();
  shown = name;
  section ??= begun();
  section.show(openNote(keptNow, name));
  place();
}

function begun(): NoteSection {
  const own = noteSection();
  const look = () => section === own && own.showChange();
  onOtherTab('note', (what) => (what === 'dropped' ? close() : look()));
  document.addEventListener('visibilitychange', look);
  document.addEventListener(REDRAWN, place);
  return own;
}

/** Beside what is written by hand on paper; where the page has no room for that, after its figures. They are drawn again with each period. */
function place(): void {
  if (!section) return;
  const lines = document.querySelector('#figures .agreed');
  if (lines) lines.before(section.element);
  else document.getElementById('figures')?.append(section.element);
}

function close(): void {
  section?.element.remove();
  section = undefined;
}
