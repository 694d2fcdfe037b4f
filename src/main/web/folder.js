// The page of a folder: puts the parts together, and fetches those that are seldom needed when
// they are.
import { ask } from './ask.js';
import { choice, startChoosing } from './choice.js';
import { button, el, find, notice } from './dom.js';
import { here } from './here.js';
import { currentRow, focusRow, letters, startKeys } from './keys.js';
import { adopt, change, load } from './rows.js';
import { previewKind } from './kinds.js';

const main = find('main');
const filter = find('form.filter');
const mayUpload = here.may.has('put');

/** What went wrong, for the eye and the ear; nothing for what was only overtaken. */
function failed(error) {
  if (error.name !== 'AbortError' && error.code !== 'no-key') notice(error.message, { bad: true });
}

let style = null;

/** The look of all that comes later. */
const later = () => {
  style ??= new Promise((load, error) => {
    document.head.append(
      el('link', { rel: 'stylesheet', href: `${here.assets}later.css`, load, error }));
  });
  return style;
};

/** Calls a function of a module that is fetched at its first use. */
const lazily = (module, name) => async (...given) => {
  let part;
  try {
    [part] = await Promise.all([import(module), later()]);
  } catch {
    style = null;
    notice('This part of the page could not be fetched. Check your connection, then try again.',
      { bad: true });
    return;
  }
  await part[name](...given).catch(failed);
};

const acts = {
  archive: lazily('./acts.js', 'archive'),
  rename: lazily('./acts.js', 'rename'),
  remove: lazily('./acts.js', 'remove'),
  undo: lazily('./undo.js', 'undo'),
  newFolder: lazily('./acts.js', 'newFolder'),
  ways: lazily('./ways.js', 'showWays'),
  help: lazily('./help.js', 'showHelp'),
  preview: lazily('./preview.js', 'preview'),
  chooseFiles: lazily('./uploads.js', 'chooseFiles'),
  chooseFolder: lazily('./uploads.js', 'chooseFolder'),
  take: lazily('./uploads.js', 'take'),
  offer: lazily('./uploads.js', 'offer'),
  again: lazily('./again.js', 'signInAgain'),
};

const entry = (row) =>
  ({ name: row.dataset.name, isFolder: row.dataset.type === 'folder', size: row.dataset.size });

/** What a key on a row is about: all that is chosen where the row is, else the row alone. */
const meant = (row) =>
  (find('input:checked', row) ? choice() : [entry(row)]);

/** A folder with more entries than can be named isn't emptied by one key. */
function remove(row) {
  const entries = meant(row);
  if (entries) acts.remove(entries);
  else notice('These are too many to delete one by one. Delete the folder around them instead.',
    { bad: true });
}

function up() {
  const parents = [...document.querySelectorAll('.crumbs a')];
  const parent = parents.at(-2);
  if (parent) location.assign(parent.href);
}

function tools() {
  const box = find('.tools');
  const bar = el('div', { class: 'bar' });
  box.before(bar);
  bar.append(box, filter);
  if (mayUpload) {
    box.append(button('Upload files', () => acts.chooseFiles(), 'primary'),
      button('Upload a folder', () => acts.chooseFolder()),
      button('New folder', () => acts.newFolder()));
  }
  if (here.may.has('get')) {
    box.append(el('a', { class: 'button', href: here.query({ archive: 'zip' }), download: true },
      'Download all'));
  }
  if (mayUpload) {
    find('p.empty')?.append(el('br'), 'Drop files and folders anywhere on this page.');
  }
  bar.after(el('div', { class: 'notices' }));
  const dock = el('div', { class: 'dock' });
  main.append(dock);
  // What has the focus isn't hidden behind it.
  new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingBottom = `${dock.offsetHeight + 24}px`;
  }).observe(dock);
  (find('.space') ?? find('.home')).after(
    button('Other ways', () => acts.ways(), 'quiet'), button('Help', () => acts.help(), 'quiet'));
}

function filterAsOneTypes() {
  let timer;
  const apply = () => change({ match: filter.match.value.normalize('NFC') }).catch(failed);
  filter.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 180);
  });
  filter.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    apply();
  });
  filter.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      focusRow();
    } else if (event.key === 'Escape' && filter.match.value) {
      event.preventDefault();
      clearTimeout(timer);
      filter.match.value = '';
      apply();
    }
  });
}

/** A click on a file shows it where that is safe, else takes it; the browser's own ways stay. */
function open(event) {
  const link = event.target.closest('tbody th a');
  const row = link?.closest('tr');
  if (!row || row.dataset.type === 'folder') return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (previewKind(row.dataset.name)) {
    event.preventDefault();
    acts.preview(row);
  } else {
    link.download = row.dataset.name;
  }
}

function uploadsByHand() {
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes('Files');
  const veil = el('p', { class: 'drop', hidden: true },
    `Drop to upload into “${find('h1').textContent}”`);
  main.append(veil);
  let depth = 0;
  const over = (by) => {
    depth = Math.max(0, depth + by);
    veil.hidden = depth === 0;
  };
  addEventListener('dragenter', (event) => hasFiles(event) && over(1));
  addEventListener('dragleave', (event) => hasFiles(event) && over(-1));
  addEventListener('dragover', (event) => hasFiles(event) && event.preventDefault());
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    over(-depth);
    // The list is good only during this event: the entries are taken from it now.
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    acts.take(items.map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()));
  });
  addEventListener('paste', ({ clipboardData, target }) => {
    const files = [...(clipboardData?.files ?? [])];
    if (files.length > 0 && !target.matches('input')) acts.take(files);
  });
}

/** Uploads into this folder that were cut off are offered, unless this page is at them. */
async function unfinished() {
  if (!mayUpload) return;
  const { uploads } = await (await ask('/.privateshare/uploads')).json();
  const mine = uploads.filter(({ path }) =>
    `/${path}`.startsWith(decodeURIComponent(here.folder)));
  if (mine.length > 0) acts.offer(mine);
}

function startTable() {
  adopt(failed);
  startChoosing(acts);
  find('form.files')?.addEventListener('click', open);
  // Whoever comes to the list may want its keys at once.
  find('form.files')?.addEventListener('focusin', () => {
    Promise.all([import('./acts.js'), later()]).catch(() => { style = null; });
  }, { once: true });
  startKeys({
    up,
    failed,
    rename: (row) => here.may.has('delete') && mayUpload && acts.rename([entry(row)]),
    remove: (row) => here.may.has('delete') && remove(row),
    undo: () => acts.undo(),
    letters: {
      '/': () => filter.match.focus(),
      u: () => mayUpload && acts.chooseFiles(),
      '?': () => acts.help(),
    },
  });
}

/** Signs in with a key in the fragment, then shows the folder as that key may see it. */
async function comeIn() {
  if (!location.hash) return;
  try {
    const { arrive, takeKey } = await import('./enter.js');
    if (await takeKey()) await arrive();
  } catch (error) {
    failed(error);
  }
}

document.documentElement.classList.add('scripted');
find('h1').tabIndex = -1;
tools();
startTable();
filterAsOneTypes();
if (mayUpload) uploadsByHand();
document.addEventListener('session-over', () => acts.again());
document.addEventListener('table-missing', startTable);
addEventListener('hashchange', comeIn);
await comeIn();
await unfinished().catch(failed);
