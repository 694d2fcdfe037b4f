// The table: further rows as one scrolls, another order, a filter, and what is new.
import { count, size, when } from './amounts.js';
import { ask } from './ask.js';
import { el, find, quoted, say, shown } from './dom.js';
import { here } from './here.js';

const PAGE = 1000;

/** So many entries the server gives at once. */
export const MOST = 10_000;

/** So many pages stay whole; of those further away only the height is kept. */
const WHOLE = 6;

const form = find('form.filter');
const view = { match: form.match.value, sort: form.sort.value, order: form.order.value };
let table = null;
let pages = [];
let next = null;
let total = 0;
let asking = null;

/** The rows that are there now, from the first to the last. */
export const rows = () => [...(table?.querySelectorAll('tbody tr[data-name]') ?? [])];

/** What of a row takes the focus: its link, or its name where there is nothing to open. */
export const handle = (row) => find('th a', row) ?? find('th', row);

export const state = () => ({ total, shown: rows().length, more: next != null, match: view.match });

const changed = (detail) => document.dispatchEvent(new CustomEvent('rows', { detail }));

/** A row like one of the server's, and with all that the script wants to know of it. */
function row({ name, type, size: bytes, modified }) {
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
  return tr;
}

async function fetchPage(cursor, signal, limit = PAGE) {
  const query = here.query({ limit, ...view, cursor });
  return (await ask(here.folder + query, { signal })).json();
}

/** All that there is, shown or not, where that isn't more than a page can have. */
export const everything = async () => (await fetchPage(undefined, undefined, MOST)).entries;

const watch = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const page = pages.find(({ body }) => body === target);
    if (!page) continue;
    page.near = isIntersecting;
    if (isIntersecting && page.folded) unfold(page);
  }
  if (pages.filter(({ folded }) => !folded).length > WHOLE) pages.forEach(fold);
}, { rootMargin: '4000px' });

function addPage(body, cursor) {
  pages.push({ body, cursor, near: true, folded: false });
  watch.observe(body);
}

function fold(page) {
  if (page.near || page.folded || page.body.contains(document.activeElement)) return;
  const gap = el('td', { colspan: 4 });
  gap.style.height = `${page.body.offsetHeight}px`;
  page.body.replaceChildren(el('tr', { class: 'gap', 'aria-hidden': 'true' }, gap));
  page.folded = true;
}

async function unfold(page) {
  page.folded = false;
  try {
    const { entries } = await fetchPage(page.cursor);
    page.body.replaceChildren(...entries.map(row));
    changed({});
  } catch {
    page.folded = true;
  }
}

/** Brings the rows of the first page back where they were folded away. */
export async function top() {
  if (pages[0]?.folded) await unfold(pages[0]);
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
  table.setAttribute('aria-busy', 'true');
  try {
    const page = await fetchPage(undefined, asking.signal);
    watch.disconnect();
    pages.forEach(({ body }) => body.remove());
    pages = [];
    const body = el('tbody', {}, ...page.entries.map(row));
    table.append(body);
    addPage(body);
    settle(page);
    say(caption());
  } finally {
    table.removeAttribute('aria-busy');
  }
}

function settle(page) {
  next = page.next ?? null;
  total = page.total ?? rows().length;
  find('.nothing').hidden = total > 0;
  find('.more').hidden = next == null;
  caption();
  changed({ uploads: page.uploads });
}

/** Appends the next page. Resolves to whether there was one. */
export async function more() {
  if (next == null || table.hasAttribute('aria-busy')) return false;
  const cursor = next;
  table.setAttribute('aria-busy', 'true');
  try {
    const page = await fetchPage(cursor);
    const body = el('tbody', {}, ...page.entries.map(row));
    table.append(body);
    addPage(body, cursor);
    settle(page);
    return true;
  } finally {
    table.removeAttribute('aria-busy');
  }
}

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

/** Completes a row of the server's, which says nothing twice. */
function complete(tr) {
  const { dataset } = tr;
  const time = find('time', tr);
  dataset.name ??= find('.pick input', tr).value;
  dataset.type ??= 'file';
  dataset.modified = time.textContent.replace(' ', 'T');
  time.dateTime = dataset.modified;
  time.textContent = when(dataset.modified);
}

/**
 * Takes in what has changed since, row by row, so that focus and choice stay. Where more than the
 * first page is shown it says no: what is new may belong anywhere.
 */
export async function refresh() {
  if (!table || pages.length > 1) return false;
  const page = await fetchPage();
  const body = pages[0].body;
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
  total -= gone.size;
  find('.nothing').hidden = total > 0;
  caption();
  changed({});
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

/** Takes over the rows that the server has written. `failed` gets what goes wrong later. */
export function adopt(failed) {
  table = find('table');
  if (!table) return;
  const tail = find('.more') ?? el('p', { class: 'more' });
  const link = find('a[rel=next]', tail);
  next = link && new URL(link.href).searchParams.get('cursor');
  total = parseInt(find('caption', table).textContent.replaceAll(',', ''), 10);
  tail.replaceChildren('Loading more …');
  tail.hidden = next == null;
  table.after(tail, el('p', { class: 'empty nothing', hidden: total > 0 }, 'Nothing to show.'));
  table.querySelectorAll('tbody tr').forEach(complete);
  addPage(find('tbody', table));
  table.tHead.addEventListener('click', (event) => {
    const sorting = event.target.closest('a');
    if (!sorting || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { sort, order } = Object.fromEntries(new URL(sorting.href).searchParams);
    change({ sort, order }, 'pushState').catch(failed);
  });
  addEventListener('popstate', () => readAddress().catch(failed));
  const end = new IntersectionObserver(async (seen) => {
    if (!seen.at(-1).isIntersecting || !await more().catch(failed)) return;
    // Looked at anew: whoever has scrolled on already sees the end as before, which is no news.
    end.unobserve(tail);
    end.observe(tail);
  }, { rootMargin: '1500px' });
  end.observe(tail);
}
