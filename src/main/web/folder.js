// The page of a folder: puts the parts together, and fetches those that are seldom needed when
// they are.
import { ask } from './ask.js';
import { button, el, find, notice } from './dom.js';
import { here, letters } from './here.js';
import { previewKind } from './kinds.js';
import { adopt, change } from './rows.js';
import { focusRow, startStop } from './stop.js';

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
  }).catch((error) => {
    style = null;
    throw error;
  });
  return style;
};

/** Fetches modules, and their look. */
async function fetched(...modules) {
  try {
    return (await Promise.all([later(), ...modules.map((module) => import(module))])).slice(1);
  } catch {
    throw new Error(
      'This part of the page could not be fetched. Check your connection, then try again.');
  }
}

/** Calls a function of a module that is fetched at its first use. */
const lazily = (module, name) => (...given) =>
  fetched(module).then(([part]) => part[name](...given)).catch(failed);

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
  paste: lazily('./uploads.js', 'paste'),
  offer: lazily('./uploads.js', 'offer'),
  again: lazily('./again.js', 'signInAgain'),
};

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
    document.documentElement.style.scrollPaddingBottom = `${dock.offsetHeight + 40}px`;
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
    later().then(() => { veil.hidden = depth === 0; }, () => {});
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
    if (files.length > 0 && !target.matches?.('input')) acts.paste(files);
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

/** Short cuts in the list, unless they are switched off. */
const LETTERS = {
  '/': () => filter.match.focus(),
  u: () => mayUpload && acts.chooseFiles(),
  '?': () => acts.help(),
};

const KEYS = /^(Arrow(Up|Down)|Page(Up|Down)|Home|End|Backspace|Delete|F2|Escape| )$/;

const isInRow = ({ target, altKey }) => target.closest('tbody tr') && !altKey;

const isOurs = (event) =>
  isInRow(event) && (event.ctrlKey || event.metaKey ? /^[az]$/i : KEYS).test(event.key);

/**
 * Choosing and the keys are fetched when a hand or a key comes; what is pressed meanwhile waits for
 * them.
 */
function startHands(form) {
  const early = [];
  let coming = null;
  const come = () => {
    coming ??= fetched('./choice.js', './keys.js').then(([{ startChoosing }, { startKeys }]) => {
      form.removeEventListener('keydown', wait);
      startChoosing(form, acts);
      startKeys(form, { ...acts, failed });
      for (const event of early) {
        const { activeElement: at } = document;
        if (form.contains(at)) at.dispatchEvent(new KeyboardEvent('keydown', event));
      }
      import('./acts.js').catch(() => {});
    }).catch((error) => {
      early.length = 0;
      coming = null;
      throw error;
    });
    return coming;
  };
  const wait = (event) => {
    if (!isOurs(event)) return;
    event.preventDefault();
    early.push(event);
    come().catch(failed);
  };
  const foresee = () => { come().catch(() => {}); };
  form.addEventListener('keydown', wait);
  form.addEventListener('change', () => come().catch(failed));
  form.addEventListener('focusin', foresee);
  form.addEventListener('pointerover', foresee);
  addEventListener('keydown', foresee, { once: true });
  if (find('.pick input:checked', form)) foresee();
}

function startTable() {
  adopt(failed);
  const form = find('form.files');
  if (!form) return;
  find('thead .pick', form)?.replaceChildren(
    el('input', { type: 'checkbox', 'aria-label': 'Choose all that are shown' }));
  form.addEventListener('click', open);
  form.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey } = event;
    if (!isInRow(event) || ctrlKey || metaKey || !(key in LETTERS) || !letters.on) return;
    event.preventDefault();
    LETTERS[key]();
  });
  startStop(form);
  startHands(form);
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
