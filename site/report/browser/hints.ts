// The words of a cell or a bar as one pop-over, for pointer and keyboard alike: loaded when somebody first comes to one. Where this does not run,
// browsers show them as titles.
const EVENTS = ['pointerover', 'focusin'];

async function load(event: Event): Promise<void> {
  const { target } = event;
  const isTouch = event instanceof PointerEvent && event.pointerType === 'touch';
  if (isTouch || !(target instanceof Element && target.closest('svg, .cell'))) return;
  for (const name of EVENTS) document.removeEventListener(name, load);
  const { showHint } = await import('./hint-box.ts');
  showHint(target);
}

for (const name of EVENTS) document.addEventListener(name, load);
