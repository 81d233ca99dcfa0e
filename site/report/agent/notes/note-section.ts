import { englishLocaleOf } from '#shared/format/english.ts';
import { dayAndYear } from '#shared/format/format.ts';
import { canCopy, copyButton } from '../../browser/copy.ts';
import { element } from '../../browser/element.ts';
import { pageLocale } from '../../browser/page-locale.ts';
import { DAY, LIVES } from '../../kept/kept.ts';
import type { KeptNote, Written } from './kept-note.ts';
import { sheetText } from './sheet-text.ts';

/** The section of a page with the note about its agent. */
export interface NoteSection {
  element: HTMLElement;
  /** Show a note as it is kept; what was typed and could not be kept stays. */
  show(note: KeptNote): void;
  /** Show it anew, since another tab has changed it. */
  showChange(): void;
}

/** A text area of which each letter is kept as it is typed. */
export function noteSection(): NoteSection {
  const area = element('textarea', { id: 'note', rows: '5', 'aria-describedby': 'note-kept', spellcheck: 'true' });
  const keeps = element('p', { id: 'note-kept', class: 'note' });
  const said = element('p', { class: 'note note-said', role: 'status' });
  const paper = element('p', { class: 'note-paper' });
  const remove = element('button', { type: 'button', class: 'link' }, 'Delete note');
  const tools = element('p', { class: 'note-tools' });
  if (canCopy()) tools.append(copyButton('Copy as text', () => sheetText(area.value)));
  tools.append(remove);
  const section = element(
    'section',
    { class: 'section coaching', 'aria-labelledby': 'coaching' },
    element('h2', { id: 'coaching' }, 'Coaching notes'),
    element('label', { for: 'note' }, 'What to do, and by when'),
    area,
    paper,
    keeps,
    said,
    tools,
  );

  let note: KeptNote | undefined;
  /** What was typed last is not kept. */
  let isUnkept = false;
  /** What stood there before another tab began to change it. */
  let before: string | undefined;

  function draw(): void {
    const isEmpty = area.value.trim() === '';
    section.classList.toggle('empty', isEmpty);
    remove.hidden = isEmpty;
    paper.textContent = area.value;
    keeps.classList.toggle('worse', isUnkept);
    keeps.textContent = isUnkept ? NOT_KEPT : keptInWords(note?.until());
  }

  /** Say something, with a way back to another text. */
  function say(words = '', button = '', bringBack: () => string = () => ''): void {
    said.replaceChildren(words);
    if (button === '') return;
    const back = element('button', { type: 'button', class: 'link' }, button);
    back.addEventListener('click', () => {
      area.value = bringBack();
      area.focus();
      write();
    });
    said.append(' ', back);
  }

  function write(): void {
    const { isKept, replaced }: Written = note?.write(area.value) ?? { isKept: false };
    isUnkept = !isKept && area.value !== '';
    before = undefined;
    draw();
    if (replaced === undefined) say();
    else
      say('Another tab had changed this note meanwhile.', 'Add its text below', () => `${area.value}\n\n${replaced}`);
  }

  area.addEventListener('input', write);
  remove.addEventListener('click', () => {
    const text = area.value;
    area.value = '';
    area.focus();
    write();
    say('Note deleted.', 'Undo', () => text);
  });

  return {
    element: section,
    show(kept) {
      note = kept;
      if (!isUnkept) area.value = kept.read();
      draw();
    },
    showChange() {
      if (isUnkept) return;
      const text = note?.read() ?? '';
      if (text === area.value) return;
      before ??= area.value;
      const own = before;
      area.value = text;
      draw();
      if (own.trim() === '') say('Changed in another tab.');
      else say('Changed in another tab.', 'Undo', () => own);
    },
  };
}

const NOT_KEPT =
  'This browser has no room for it, or keeps nothing: what you typed is gone when you leave this page. Copy or print it.';

/** @param until the day on which it is dropped, as days since 1970; undefined: there is no note yet */
function keptInWords(until: number | undefined): string {
  const last = until === undefined ? undefined : new Date((until - 1) * DAY).toISOString().slice(0, 10);
  const days = last
    ? `until ${dayAndYear(last, englishLocaleOf(pageLocale()))}`
    : `for ${LIVES.note} days after the last change`;
  return `Kept in this browser only, ${days}, or until you sign out. Not sent anywhere.`;
}
