import { element } from '../../browser/element.ts';
import { inWords } from '../../browser/reader-error.ts';
import { addressOf } from './address.ts';
import { openFollowing } from './follow.ts';

export interface Player {
  /** @param from seconds; by default from where it stands */
  play(from?: number): void;
  toggle(): void;
  /** @param by seconds, back where negative */
  move(by: number): void;
}

/** Tries to go on after an error, each with a new address: the old one ends after some minutes. */
const MOST_TRIES = 2;
/** After so many seconds of sound an address was good. */
const GOOD = 2;
const SPEEDS = ['1', '1.25', '1.5', '1.75', '2'];

/** Puts the browser's own player in the place of the link, with what the transcript adds to it. */
export function openPlayer(link: HTMLAnchorElement): Player {
  const path = link.pathname;
  const audio = element('audio', { controls: '', preload: 'none' });
  const speed = element(
    'select',
    {},
    ...SPEEDS.map((each) => element('option', { value: each }, each === '1' ? 'normal' : `${each} ×`)),
  );
  const skips = element('input', { type: 'checkbox' });
  const said = element('output', { 'aria-live': 'polite' });
  const following = openFollowing(audio, skips, (words) => said.replaceChildren(words));
  const controls = [
    audio,
    element('label', {}, 'Speed', speed),
    ...(following.isTimed ? [element('label', {}, skips, 'Skip silence')] : []),
  ];
  const bar = element('div', { class: 'player', role: 'group', 'aria-label': 'Recording' }, ...controls);
  link.after(bar, said);
  link.hidden = true;
  document.body.classList.add('with-player');

  let tries = 0;
  let goodFrom = 0;
  let loading = false;

  /** What can be done about it is said where the player was. */
  function giveUp(...words: (Node | string)[]): void {
    bar.remove();
    document.body.classList.remove('with-player');
    following.end();
    said.replaceChildren(...words);
  }

  /** With a new address, from a time on. */
  async function load(from: number): Promise<void> {
    loading = true;
    said.replaceChildren('The recording is loading…');
    try {
      audio.src = await addressOf(path);
    } catch (error) {
      return giveUp(inWords(error, 'The recording could not be loaded'));
    } finally {
      loading = false;
    }
    audio.currentTime = from;
    audio.playbackRate = Number(speed.value);
    goodFrom = from;
    // Where it cannot be played, "error" says so.
    await audio.play().catch(() => undefined);
  }

  function fail(): void {
    if (loading || !audio.currentSrc) return;
    if (++tries <= MOST_TRIES) return void load(audio.currentTime);
    const save = element('a', { href: `${path}?save` }, 'Save the recording');
    giveUp('This browser cannot play this recording. ', save, ' to hear it in another program.');
  }

  audio.addEventListener('error', fail);
  audio.addEventListener(
    'playing',
    () => said.textContent?.startsWith('The recording is loading') && said.replaceChildren(),
  );
  audio.addEventListener('timeupdate', () => {
    if (audio.currentTime - goodFrom > GOOD) tries = 0;
  });
  speed.addEventListener('change', () => {
    audio.playbackRate = Number(speed.value);
    audio.defaultPlaybackRate = audio.playbackRate;
  });

  function play(from?: number): void {
    following.follow();
    if (loading) return;
    if (!audio.currentSrc) return void load(from ?? 0);
    if (from !== undefined) audio.currentTime = from;
    void audio.play().catch(() => undefined);
  }
  return {
    play,
    toggle: () => (audio.paused ? play() : audio.pause()),
    move: (by) => {
      audio.currentTime = Math.max(0, audio.currentTime + by);
    },
  };
}
