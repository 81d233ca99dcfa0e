import { inWords } from '../browser/reader-error.ts';

/** Open the dialog of a reader's own views. @param button by which they ask for it; it says what went wrong */
export async function askViews(button: HTMLElement): Promise<void> {
  try {
    await (await import('./open.ts')).openViews();
  } catch (error) {
    button.title = inWords(error, 'Your saved views could not be opened');
  }
}
