// A dialog from which any page, agent, rule and call is found. All that it takes is loaded when somebody first asks for it.
import { keepTyped } from './jump/typed.ts';
import { onKeys } from './keys.ts';

const button = document.getElementById('jump');

if (button) {
  const open = async () => {
    if (button.ariaBusy === 'true') return;
    button.setAttribute('aria-busy', 'true');
    const typed = keepTyped();
    try {
      const { openJump } = await import('./jump/open.ts');
      openJump(typed());
    } catch {
      button.title = 'The search could not be loaded. Check the connection, then try again.';
    } finally {
      typed();
      button.removeAttribute('aria-busy');
    }
  };
  button.hidden = false;
  button.addEventListener('click', () => void open());
  onKeys({ '/': () => void open() });
}
