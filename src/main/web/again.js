// The session is over: asks for a key, and everything goes on where it was.
import { ask as inDialog } from './dialog.js';
import { el, say } from './dom.js';
import { keyOf, signIn } from './enter.js';

let open = false;

/** Asks once, however many requests have learnt of it. Says `session-back` when it is back. */
export async function signInAgain() {
  if (open) return;
  open = true;
  const key = el('input', {
    id: 'again-key', type: 'password', required: true, autocomplete: 'current-password',
  });
  const done = await inDialog({
    title: 'Your session is over',
    content: [el('p', {}, 'Sign in again with your key or link. Uploads wait and go on then.'),
      el('label', { for: 'again-key' }, 'Key or link'), key],
    answers: [['Later', ''], ['Sign in', 'in', 'primary']],
    submit: () => signIn(keyOf(key.value)),
  });
  open = false;
  if (!done) return;
  document.dispatchEvent(new Event('session-back'));
  say('Signed in again');
}
