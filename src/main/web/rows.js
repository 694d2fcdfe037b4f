// The table: further rows as one scrolls, another order, a filter.
import { count, size, when } from './amounts.js';
import { ask } from './ask.js';
import { el, find, quoted, say, shown } from './dom.js';
import { here } from './here.js';

const PAGE = 1000;

const form = find('form.filter');
const view = { match: form.match.value, sort: form.sort.value, order: form.order.value };
let table = null;
let next = null;
let total = 0;
let asking = null;
let busy = 0;
let failed = null;

/** What is shown: the body of each page, its cursor, whether it is near and folded away. */
export const pages = [];

/** The rows that are there now, from the first to the last. */
export const rows = () => [...(table?.querySelectorAll('tbody tr[data-name]') ?? [])];

/** What of a row takes the focus: its link, or its name where there is nothing to open. */
export const handle = (row) => find('th a', row) ?? find('th', row);

export const state = () => ({ total, next, match: view.match, isBusy: busy > 0 });

/** No row is a stop for Tab by itself, nor its box. */
function withoutStops(tr) {
  for (const each of [find('.pick input', tr), handle(tr)]) each?.setAttribute('tabindex', '-1');
  return tr;
}

/** Says that the rows aren't what they were. */
export const changed = () => document.dispatchEvent(new Event('rows'));

/** A row like one of the server's, and with all that the script wants to know of it. */
export function row({ name, type, size: bytes, modified }) {
  const isFolder = type === 'folder';
  const opens = isFolder || here.may.has('get');
  const tr = el('tr', {
    'data-name': name, 'data-type': type, 'data-size': bytes, 'data-modified': modified,
  });
  if (find('thead .pick', table)) {
    const label = `Choose ${shown(name)}`;
    tr.append(el('td', { class: 'pick' },
      el('input', { type: 'checkbox', name: 'name', value: name, 'aria-label': label })));
  }
  tr.append(
    el('th', { scope: 'row' },
      opens ? el('a', { href: here.url(name, isFolder) }, el('bdi', {}, shown(name)))
        : el('bdi', {}, shown(name))),
    el('td', { class: 'size' },
      isFolder ? el('span', { class: 'unseen' }, 'folder') : size(bytes)),
    el('td', { class: 'time' }, el('time', { datetime: modified }, when(modified))));
  return withoutStops(tr);
}

export async function fetchPage(cursor, signal, limit = PAGE) {
  const query = here.query({ limit, ...view, cursor });
  return (await ask(here.folder + query, { signal })).json();
}

const pageOf = (body, cursor) => pages.push({ body, cursor, near: true, folded: false });

/** Appends rows that came by a cursor. */
export function addPage(entries, cursor) {
  const body = el('tbody', {}, ...entries.map(row));
  table.append(body);
  pageOf(body, cursor);
}

/** Does what brings rows, and says that they are coming until all that does has ended. */
export async function whileBusy(act) {
  busy++;
  table.setAttribute('aria-busy', 'true');
  try {
    await act();
  } finally {
    if (--busy === 0) table.removeAttribute('aria-busy');
  }
}

function caption() {
  const entries = count(total, 'entry', 'entries');
  const text = view.match ? `${entries} with ${quoted(view.match)}` : entries;
  find('caption', table).textContent = text;
  return text;
}

/** Shows the first page anew, in the order and with the filter that are chosen now. */
export async function load() {
  if (!table) return;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  await whileBusy(async () => {
    const page = await fetchPage(undefined, signal);
    pages.splice(0).forEach(({ body }) => body.remove());
    addPage(page.entries);
    settle(page);
    say(caption());
  });
}

/** Says how many entries there are, and that the rows aren't what they were. */
export function tell(entries) {
  total = entries;
  find('.nothing').hidden = total > 0;
  caption();
  changed();
}

/** What further rows need is fetched where there are any. */
function settleEnd() {
  find('.more').hidden = next == null;
  if (next == null) return;
  import('./further.js').then(({ startScrolling }) => startScrolling(failed)).catch(() => {});
}

/** Takes in what the server says of the page that was read last. */
export function settle(page) {
  next = page.next ?? null;
  settleEnd();
  tell(page.total ?? rows().length);
}

/** Completes a row of the server's, which says nothing twice. */
function complete(tr) {
  const { dataset } = tr;
  const time = find('time', tr);
  dataset.name ??= find('.pick input', tr).value;
  dataset.type ??= 'file';
  dataset.modified = time.textContent.replace(' ', 'T');
  time.dateTime = dataset.modified;
  time.textContent = when(dataset.modified);
  withoutStops(tr);
}

/** Names are read from A on, but the largest and the latest are what one looks for. */
const AGAINST = { name: 'descending' };

function showOrder() {
  form.sort.value = view.sort;
  form.order.value = view.order;
  for (const link of table.querySelectorAll('thead a')) {
    const query = new URL(link.href).searchParams;
    const now = query.get('sort') === view.sort;
    const order = now ? view.order : AGAINST[query.get('sort')] ?? 'ascending';
    query.set('order', order === 'ascending' ? 'descending' : 'ascending');
    link.href = here.query({ ...Object.fromEntries(query), match: view.match });
    if (now) link.parentElement.setAttribute('aria-sort', view.order);
    else link.parentElement.removeAttribute('aria-sort');
  }
}

/** Another order or filter. `history` is how it goes into the browser's: push or replace. */
export async function change(to, history = 'replaceState') {
  if (!table) return;
  Object.assign(view, to);
  showOrder();
  window.history[history](null, '', here.query(view));
  await load();
}

function readAddress() {
  const query = new URLSearchParams(location.search);
  const match = query.get('match') ?? '';
  const sort = query.get('sort') ?? 'name';
  const order = query.get('order') ?? 'ascending';
  if (match === view.match && sort === view.sort && order === view.order) return null;
  form.match.value = match;
  Object.assign(view, { match, sort, order });
  showOrder();
  return load();
}

/** Takes over the rows that the server has written. `fail` gets what goes wrong later. */
export function adopt(fail) {
  failed = fail;
  table = find('table');
  if (!table) return;
  const tail = find('.more') ?? el('p', { class: 'more' });
  const link = find('a[rel=next]', tail);
  next = link && new URL(link.href).searchParams.get('cursor');
  total = parseInt(find('caption', table).textContent.replaceAll(',', ''), 10);
  tail.replaceChildren('Loading more …');
  table.after(tail, el('p', { class: 'empty nothing', hidden: total > 0 }, 'Nothing to show.'));
  table.querySelectorAll('tbody tr').forEach(complete);
  pageOf(find('tbody', table));
  settleEnd();
  table.tHead.addEventListener('click', (event) => {
    const sorting = event.target.closest('a');
    if (!sorting || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { sort, order } = Object.fromEntries(new URL(sorting.href).searchParams);
    change({ sort, order }, 'pushState').catch(failed);
  });
  addEventListener('popstate', () => readAddress().catch(failed));
}
