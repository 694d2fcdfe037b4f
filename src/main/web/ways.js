// The other ways to this folder: the lines for curl and privateshare, ready to be copied.
import { ask } from './ask.js';
import { ask as inDialog } from './dialog.js';
import { button, el, say } from './dom.js';
import { SESSION } from './enter.js';
import { here } from './here.js';

/** Where there is no clipboard API, as without TLS, the old command copies what is selected. */
async function copy(pre, copied) {
  const selection = getSelection();
  selection.selectAllChildren(pre);
  try {
    await navigator.clipboard.writeText(pre.textContent);
  } catch {
    if (!document.execCommand('copy')) {
      copied.textContent = 'Press Ctrl C';
      return;
    }
  }
  copied.textContent = 'Copied';
  say('Copied');
}

function line(label, text) {
  const pre = el('pre', { tabindex: '0' }, text);
  const button_ = button('Copy', () => copy(pre, button_));
  button_.setAttribute('aria-label', `Copy: ${label}`);
  return el('div', {}, el('h3', {}, label), el('div', { class: 'line' }, pre, button_));
}

/** A word for a POSIX shell, in quotes where it needs them. */
const word = (text) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The server's, by which curl knows it. */
let fingerprint = '';

/** curl asks for the password, which is the key, so it stands in no list of processes. */
const curl = (rest) => [
  'curl',
  ...(location.protocol === 'https:' ? ['-k --pinnedpubkey', word(fingerprint)] : []),
  ...(here.link ? [] : ['-u me']),
  rest,
].join(' ');

export async function showWays() {
  ({ fingerprint } = await (await ask(SESSION + here.query({}))).json());
  const url = location.origin + here.folder;
  const tail = here.query({});
  const lines = [line('List this folder', curl(word(url + tail)))];
  if (here.may.has('get')) {
    const take = here.link ? `-o FILE ${word(`${url}FILE${tail}`)}` : `-O ${word(`${url}FILE`)}`;
    lines.push(line('Take a file', curl(take)));
  }
  if (here.may.has('put')) lines.push(line('Send a file', curl(`-T FILE ${word(url)}`)));
  if (!here.link) lines.push(line('The same with privateshare, which asks for the key once', [
    `privateshare login ${location.origin}/`,
    `privateshare list ${word(url)}`,
    ...(here.may.has('get') ? [`privateshare get ${word(`${url}FILE`)}`] : []),
    ...(here.may.has('put') ? [`privateshare put FILE ${word(url)}`] : []),
  ].join('\n')));
  await inDialog({
    title: 'Other ways to this folder',
    kind: 'wide',
    content: here.link ? lines
      : [el('p', {}, 'curl asks for a password: that is your key.'), ...lines],
    answers: [['Close', 'close', 'primary']],
  });
}
