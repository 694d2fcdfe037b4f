// Shows a file where that is safe: pictures, sound, films, the beginning of a text, PDF.
import { size } from './amounts.js';
import { opened } from './dialog.js';
import { button, el, quoted, say, shown } from './dom.js';
import { here } from './here.js';
import { fromHere } from './keys.js';
import { previewKind } from './kinds.js';
import { rows } from './rows.js';

/** So much of a text is shown. */
const TEXT = 1 << 20;

/** A PDF has to be fetched as a whole, into memory. */
const PDF = 64 << 20;

const fetched = async (url, headers = {}) => {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer;
};

const MAKERS = {
  image: (url, name) => el('img', { src: url, alt: name }),
  audio: (url, name) => el('audio', { src: url, controls: true, 'aria-label': name }),
  video: (url, name) => el('video', { src: url, controls: true, 'aria-label': name }),

  async text(url, name, bytes) {
    const headers = bytes > 0 ? { Range: `bytes=0-${TEXT - 1}` } : {};
    const text = new TextDecoder().decode(await (await fetched(url, headers)).arrayBuffer());
    const rest = bytes > TEXT ? `\n\n… The first ${size(TEXT)} of ${size(bytes)}.` : '';
    return el('pre', { tabindex: '0', 'aria-label': name }, text + rest);
  },

  async pdf(url, name, bytes) {
    if (bytes > PDF || !navigator.pdfViewerEnabled) throw new Error('open or download it');
    const blob = new Blob([await (await fetched(url)).arrayBuffer()], { type: 'application/pdf' });
    const src = URL.createObjectURL(blob);
    return el('iframe', { src, title: name, load: () => URL.revokeObjectURL(src) });
  },
};

const candidates = () =>
  rows().filter(({ dataset }) => dataset.type === 'file' && previewKind(dataset.name));

/** Shows the file of a row; arrows go to the next one that can be shown. */
export async function preview(row) {
  const land = fromHere();
  let at = row;
  let turn = 0;
  const heading = el('h2', { id: 'preview-title' });
  const stage = el('div', { class: 'stage' });
  const download = el('a', { class: 'button' }, 'Download');
  const tab = el('a', { class: 'button', target: '_blank', rel: 'noopener' }, 'Open in a tab');
  const step = (by) => show(candidates()[candidates().indexOf(at) + by]);
  const back = button('Previous', () => step(-1));
  const on = button('Next', () => step(1));
  const close = button('Close', () => dialog.close(), 'primary');
  const dialog = el('dialog', { class: 'preview', 'aria-labelledby': 'preview-title' },
    el('div', { class: 'head' }, heading, back, on, download, tab, close), stage);

  async function show(next) {
    if (!next) return;
    at = next;
    const mine = ++turn;
    const { name, size: bytes } = at.dataset;
    const url = here.url(name, false);
    const all = candidates();
    const place = all.indexOf(at);
    heading.textContent = shown(name);
    download.href = url;
    download.download = name;
    tab.href = url;
    const focused = document.activeElement;
    back.disabled = place === 0;
    on.disabled = place === all.length - 1;
    if (focused.disabled) ([back, on].find(({ disabled }) => !disabled) ?? close).focus();
    stage.replaceChildren(el('p', {}, 'Loading …'));
    say(`${shown(name)}, ${place + 1} of ${all.length}`);
    try {
      const content = await MAKERS[previewKind(name)](url, name, Number(bytes));
      if (mine !== turn) return;
      content.addEventListener('error', () => mine === turn && fail(name));
      stage.replaceChildren(content);
    } catch {
      if (mine === turn) fail(name);
    }
  }

  function fail(name) {
    stage.replaceChildren(el('p', {},
      `${quoted(name)} can’t be shown here. Open it in a tab, or download it.`));
  }

  dialog.addEventListener('keydown', (event) => {
    if (event.target.matches('audio, video, pre')) return;
    if (event.key === 'ArrowRight') step(1);
    if (event.key === 'ArrowLeft') step(-1);
  });
  show(row);
  await opened(dialog);
  turn++;
  if (at !== row) land(at.isConnected ? at : null);
}
