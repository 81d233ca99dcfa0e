// A dialog from which any page, agent, rule and call is found. All that it takes is loaded when somebody first asks for it.
import { onKeys } from './keys.ts';

const button = document.getElementById('jump');

if (button) {
  const open = async () => {
    button.setAttribute('aria-busy', 'true');
    try {
      (await import('./jump/open.ts')).openJump();
    } catch {
      button.title = 'The search could not be loaded. Check the connection, then try again.';
    } finally {
      button.removeAttribute('aria-busy');
    }
  };
  button.hidden = false;
  button.addEventListener('click', () => void open());
  onKeys({ '/': () => void open() });
}
