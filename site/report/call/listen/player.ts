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

/** The browser's own player in the place of the link, with what the transcript adds to it. @param said where words about it stand */
export function openPlayer(link: HTMLAnchorElement, said: HTMLElement): Player {
  const path = link.pathname;
  const audio = element('audio', { controls: '', preload: 'none' });
  const speed = element(
    'select',
    {},
    ...SPEEDS.map((each) => element('option', { value: each }, each === '1' ? 'normal' : `${each} ×`)),
  );
  const skips = element('input', { type: 'checkbox' });
  const following = openFollowing(audio, skips, (words) => said.replaceChildren(words));
  const controls = [
    audio,
    element('label', {}, 'Speed', speed),
    ...(following.isTimed ? [element('label', {}, skips, 'Skip silence')] : []),
  ];
  const bar = element('div', { class: 'player', role: 'group', 'aria-label': 'Recording' }, ...controls);

  let hasAddress = false;
  let tries = 0;
  /** Where the sound begins that comes from the address. */
  let begin = 0;
  let loading = false;

  function open(): void {
    if (bar.isConnected) return;
    const isFocused = document.activeElement === link;
    link.after(bar);
    link.hidden = true;
    document.body.classList.add('with-player');
    if (isFocused) audio.focus();
  }

  /** What can be done about it is said where the player was; the link is there to try again. */
  function giveUp(...words: (Node | string)[]): void {
    const isFocused = bar.contains(document.activeElement);
    hasAddress = false;
    tries = 0;
    bar.remove();
    link.hidden = false;
    document.body.classList.remove('with-player');
    if (isFocused) link.focus();
    following.end();
    said.replaceChildren(...words);
  }

  /** With a new address, from a time on. */
  async function load(from: number): Promise<void> {
    loading = true;
    begin = from;
    open();
    said.replaceChildren('The recording is loading…');
    try {
      audio.src = await addressOf(path);
    } catch (error) {
      return giveUp(inWords(error, 'The recording could not be loaded'));
    } finally {
      loading = false;
    }
    hasAddress = true;
    audio.currentTime = begin;
    audio.playbackRate = Number(speed.value);
    // Where it cannot be played, "error" says so.
    await audio.play().catch(() => undefined);
  }

  function fail(): void {
    if (loading || !hasAddress) return;
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
    if (audio.currentTime - begin > GOOD) tries = 0;
  });
  speed.addEventListener('change', () => {
    audio.playbackRate = Number(speed.value);
    audio.defaultPlaybackRate = audio.playbackRate;
  });

  function play(from?: number): void {
    following.follow();
    if (loading) {
      begin = from ?? begin;
      return;
    }
    if (!hasAddress) return void load(from ?? audio.currentTime);
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
