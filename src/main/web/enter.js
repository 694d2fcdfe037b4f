// Coming in: the key of the address bar or of a form, exchanged for the session's cookie.
import { ask, Refused, unreachable } from './ask.js';

export const SESSION = '/.privateshare/session';

/** `KEY`, `KEY@FINGERPRINT`, `#KEY@...` or a whole link: the key alone. */
export const keyOf = (text) => text.trim().replace(/^.*#/s, '').replace(/@.*$/s, '');

/**
 * Opens a session.
 * @throws {Refused} code `no-key` where the key isn't good
 */
export async function signIn(key) {
  const answer = await fetch(SESSION, {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ key }),
  }).catch(() => { throw unreachable(); });
  if (!answer.ok) throw Refused.of(answer.status, await answer.text());
}

/**
 * Takes a key out of the address bar, before anything else, and signs in with it. What has no
 * look of a key is a place on the page and stays.
 * @returns {Promise<boolean>} whether there was one
 */
export async function takeKey() {
  const key = keyOf(location.hash);
  if (!key.startsWith('ps1_')) return false;
  history.replaceState(null, '', location.pathname + location.search);
  await signIn(key);
  return true;
}

/** Shows this page with the session that is open now; where it doesn't reach, its own folder. */
export async function arrive() {
  const { path } = await (await ask(SESSION)).json();
  const reach = path.split('/').map(encodeURIComponent).join('/');
  if (location.pathname.startsWith(reach)) location.reload();
  else location.assign(reach);
}
