import { duration } from '#shared/format/format.ts';
import { afterSilence, areFarApart, type Timed, turnAt } from './times.ts';

/** What follows the sound on the page. */
interface Following {
  /** Whether the transcript has times. */
  isTimed: boolean;
  /** Keep the turn that is heard in view again, until somebody scrolls. */
  follow(): void;
  /** Take back what it shows. */
  end(): void;
}

/** What a reader does who wants to see another place. */
const SCROLLS = ['wheel', 'touchmove'];
const SCROLL_KEYS = ['PageUp', 'PageDown', 'Home', 'End', 'ArrowUp', 'ArrowDown', ' '];
const SVG = 'http://www.w3.org/2000/svg';

/**
 * Lights the turn that is heard, shows on the lanes how far it is, and goes where somebody points at in them.
 * @param skips whether silence is left out
 * @param say tells the reader that times may be off
 */
export function openFollowing(
  audio: HTMLAudioElement,
  skips: HTMLInputElement,
  say: (words: string) => void,
): Following {
  const turns = timedTurns();
  const lanes = openLanes((share) => {
    audio.currentTime = share * (lanes?.seconds ?? 0);
    isFollowing = true;
  });
  const told = lanes?.seconds ?? turns.at(-1)?.end;
  let isFollowing = true;
  let areOff = false;
  let lit: HTMLElement | undefined;

  function light(turn: HTMLElement | undefined): void {
    if (turn === lit) return;
    lit?.removeAttribute('aria-current');
    turn?.setAttribute('aria-current', 'true');
    lit = turn;
    if (turn && isFollowing) turn.scrollIntoView({ block: 'nearest' });
  }
  function show(): void {
    const { currentTime } = audio;
    if (areOff) return;
    lanes?.mark(currentTime);
    const next = skips.checked && !audio.paused && !audio.seeking ? afterSilence(turns, currentTime) : undefined;
    if (next !== undefined) audio.currentTime = next;
    light(turnAt(turns, currentTime)?.place);
  }
  function end(): void {
    light(undefined);
    lanes?.hide();
  }
  function compare(): void {
    const wereOff = areOff;
    areOff = turns.length > 0 && areFarApart(audio.duration, told);
    if (!areOff) {
      // A browser may have guessed the length before.
      if (wereOff) say('');
      return;
    }
    end();
    say(
      `The recording is ${duration(audio.duration)} long, and the call ${duration(told ?? 0)}: times may be off, so no turn is marked.`,
    );
  }
  const stop = (event: Event) => {
    const isOfPlayer = event.target instanceof Element && event.target.closest('.player') !== null;
    if (!(event instanceof KeyboardEvent) || (SCROLL_KEYS.includes(event.key) && !isOfPlayer)) isFollowing = false;
  };

  for (const event of ['timeupdate', 'seeked']) audio.addEventListener(event, show);
  audio.addEventListener('durationchange', compare);
  for (const event of [...SCROLLS, 'keydown']) document.addEventListener(event, stop, { passive: true });
  return {
    isTimed: turns.length > 0,
    follow: () => {
      isFollowing = true;
    },
    end,
  };
}

/** The turns of the page that have times, by their start. */
const timedTurns = (): Timed<HTMLElement>[] =>
  [...document.querySelectorAll<HTMLElement>('.turn[data-time]')]
    .map((place) => {
      const [start = 0, end = start] = (place.dataset.time ?? '').split(' ').map(Number);
      return { place, start, end };
    })
    .filter(({ start, end }, _, all) => end > 0 || start > 0 || all.length === 1)
    .sort((a, b) => a.start - b.start);

/** The lanes as a scrubber; undefined where the call has none. @param go to a share of the call, 0 to 1 */
function openLanes(go: (share: number) => void) {
  const box = document.querySelector('.lanes');
  const [picture, drawn] = box?.querySelectorAll('svg') ?? [];
  if (!box || !picture || !drawn) return undefined;
  const seconds = drawn.viewBox.baseVal.width;
  const mark = document.createElementNS(SVG, 'rect');
  for (const [name, value] of Object.entries({ class: 'played', width: '2', height: '100%' }))
    mark.setAttribute(name, value);
  picture.addEventListener('click', ({ clientX }) => {
    if (!mark.isConnected) return;
    const { left, width } = picture.getBoundingClientRect();
    go((clientX - left) / width);
  });
  return {
    seconds,
    mark(at: number) {
      if (!mark.isConnected) picture.append(mark);
      box.classList.add('playing');
      mark.setAttribute('x', `${((at / seconds) * 100).toFixed(2)}%`);
    },
    hide() {
      mark.remove();
      box.classList.remove('playing');
    },
  };
}
