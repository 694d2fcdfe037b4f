// The sign-in page: the key of the link, the form, and a session that the browser has already.
import { ask } from './ask.js';
import { el, find } from './dom.js';
import { arrive, keyOf, SESSION, signIn, takeKey } from './enter.js';

const form = find('form');
const RELOADED = 'reloaded';
const AGAIN = 10_000;

function fail(error) {
  const text = error.code === 'no-key'
    ? 'That key is not good here. It may have ended; ask for a new one.' : error.message;
  let place = find('.error');
  if (!place) {
    place = el('p', { class: 'error', role: 'alert' });
    form.before(place);
  }
  place.textContent = text;
  form.key.setAttribute('aria-invalid', 'true');
  form.key.focus();
}

/**
 * A link on another site brings no SameSite=Strict cookie along; a reload from here does. Once in a
 * while only, lest a browser for which it doesn't help reloads for ever.
 */
async function useSession() {
  if (Date.now() - sessionStorage.getItem(RELOADED) < AGAIN) return;
  if (!await ask(SESSION).catch(() => null)) return;
  sessionStorage.setItem(RELOADED, Date.now());
  location.reload();
}

async function submit(event) {
  event.preventDefault();
  const send = find('button', form);
  send.disabled = true;
  try {
    await signIn(keyOf(form.key.value));
    await arrive();
  } catch (error) {
    send.disabled = false;
    fail(error);
  }
}

form.addEventListener('submit', submit);
addEventListener('hashchange', () => takeKey().then((came) => came && arrive()).catch(fail));
try {
  if (await takeKey()) await arrive();
  else await useSession();
} catch (error) {
  fail(error);
}
