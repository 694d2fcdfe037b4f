// What has changed in the folder comes into the table row by row, so that focus and choice stay.
import { when } from './amounts.js';
import { find } from './dom.js';
import { fetchPage, pages, row, rows, settle, state, tell } from './rows.js';

/** So many entries the server gives at once. */
export const MOST = 10_000;

/** All that there is, shown or not, where that isn't more than a page can have. */
export const everything = async () => (await fetchPage(undefined, undefined, MOST)).entries;

/** Whether a row says of an entry what is to be said. */
const isSame = (tr, { size: bytes, modified }) =>
  find('time', tr).textContent === when(modified) && tr.dataset.size === bytes?.toString();

/** Lets a row say what is new of its entry, and keep its focus. */
function renew(tr, entry) {
  const made = row(entry);
  Object.assign(tr.dataset, made.dataset);
  for (const cell of ['.size', '.time']) find(cell, tr).replaceWith(find(cell, made));
  tr.className = 'fresh';
  return tr;
}

/** The folder was empty: its table comes from the server. No script of that document runs. */
function firstTable() {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('GET', location.href);
    request.setRequestHeader('Accept', 'text/html');
    request.responseType = 'document';
    request.onloadend = () => {
      const form = request.response && find('form.files', request.response);
      const empty = find('#files.empty');
      if (form && empty) {
        empty.replaceWith(document.adoptNode(form));
        document.dispatchEvent(new Event('table-missing'));
      }
      resolve(true);
    };
    request.send();
  });
}

/**
 * Takes in what has changed since, row by row, so that focus and choice stay. Where more than the
 * first page is shown it says no: what is new may belong anywhere.
 */
export async function refresh() {
  if (pages.length === 0) return firstTable();
  if (pages.length > 1) return false;
  const [first] = pages;
  const page = await fetchPage();
  // Another order or filter, or a further page, has come meanwhile, which is newer.
  if (pages.length > 1 || pages[0] !== first) return true;
  const { body } = first;
  const known = new Map(rows().map((tr) => [tr.dataset.name, tr]));
  const wanted = page.entries.map((entry) => {
    const old = known.get(entry.name);
    if (old?.dataset.type !== entry.type) return Object.assign(row(entry), { className: 'fresh' });
    return isSame(old, entry) ? old : renew(old, entry);
  });
  const stays = new Set(wanted);
  known.forEach((tr) => stays.has(tr) || tr.remove());
  let place = body.firstElementChild;
  for (const tr of wanted) {
    if (tr === place) place = place.nextElementSibling;
    else body.insertBefore(tr, place);
  }
  settle(page);
  return true;
}

/** Takes rows away that are gone. */
export function forget(names) {
  const gone = new Set(names);
  rows().filter((tr) => gone.has(tr.dataset.name)).forEach((tr) => tr.remove());
  tell(state().total - gone.size);
}

