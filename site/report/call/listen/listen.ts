// Hearing the call from its page. Nothing of it is asked for before somebody wants to hear it.

import type { Keys } from '../../browser/keys.ts';
import { inWords } from '../../browser/reader-error.ts';
import type { Player } from './player.ts';

/** Seconds by which a key goes back or ahead. */
const STEP = 5;
/** A quote is heard from so many seconds before its turn on. */
const BEFORE_QUOTE = 3;

/** The link of the page to its recording gets a player, and so do the times of its turns. @returns what keys do; none where there is no recording */
export function listening(): Keys {
  const link = document.querySelector<HTMLAnchorElement>('.listen a');
  if (!link) return {};
  const said = document.createElement('output');
  link.after(said);
  let opened: Promise<Player> | undefined;
  const play = async (from?: number): Promise<void> => {
    opened ??= import('./player.ts').then(({ openPlayer }) => openPlayer(link, said));
    try {
      (await opened).play(from);
    } catch (error) {
      opened = undefined;
      said.textContent = inWords(error, 'The player could not be loaded');
    }
  };
  const toggle = () => {
    if (opened === undefined) void play(secondsAt(location.hash));
    else void opened.then((player) => player.toggle());
  };
  const move = (by: number) => void opened?.then((player) => player.move(by));

  document.addEventListener('click', (event) => {
    const { target } = event;
    const place =
      target instanceof Element
        ? target.closest<HTMLAnchorElement>('.listen > a.button, .turn .at, .rail .quote a, .phrases a')
        : null;
    if (!place || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (place === link) {
      event.preventDefault();
      void play(secondsAt(location.hash));
      return;
    }
    const isTurn = place.closest('.turn') !== null;
    if (isTurn || opened !== undefined) void play(secondsAt(place.hash, !isTurn));
  });
  return {
    l: ['Listen to the call, or pause', toggle],
    ',': [`Back by ${STEP} seconds`, () => move(-STEP)],
    '.': [`Ahead by ${STEP} seconds`, () => move(STEP)],
  };
}

/** From where a place of the page is heard; undefined where it has no time. @param quoted a quote in that turn is meant */
function secondsAt(hash: string, quoted = hash.startsWith('#q-')): number | undefined {
  // Ids of turns and quotes have no sign that an address would encode.
  const turn = document.getElementById(hash.slice(1))?.closest<HTMLElement>('.turn[data-time]');
  const [start] = turn?.dataset.time?.split(' ') ?? [];
  return start === undefined ? undefined : Math.max(0, Number(start) - (quoted ? BEFORE_QUOTE : 0));
}
