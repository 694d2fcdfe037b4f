// What is chosen of the rows, and the bar that says so and what can be done with it.
import { count, size } from './amounts.js';
import { button, el, find, say } from './dom.js';
import { here } from './here.js';
import { rows } from './rows.js';

const chosen = new Map();
let anchor = null;

const info = ({ dataset }) =>
  ({ name: dataset.name, isFolder: dataset.type === 'folder', size: Number(dataset.size ?? 0) });

/** What is chosen: names, whether they are folders, sizes. */
export const choice = () => [...chosen.values()];

function put(row, on) {
  const box = find('.pick input', row);
  if (!box) return;
  box.checked = on;
  if (on) chosen.set(row.dataset.name, info(row));
  else chosen.delete(row.dataset.name);
}

const summary = el('p');
const bar = el('section', { class: 'choice', hidden: true, 'aria-label': 'Chosen files' });
const one = [];

function show() {
  const all = choice();
  bar.hidden = all.length === 0;
  const bytes = all.reduce((sum, { size: of }) => sum + of, 0);
  summary.textContent = `${count(all.length, 'entry', 'entries')} chosen`
    + (bytes > 0 ? `, ${size(bytes)}` : '');
  for (const element of one) element.hidden = all.length !== 1;
  const everything = find('thead .pick input');
  if (!everything) return;
  const here = rows().length;
  everything.checked = here > 0 && all.length >= here;
  everything.indeterminate = all.length > 0 && !everything.checked;
}

/** Chooses or drops one row, which is where a later extension begins. */
export function toggle(row, on = !chosen.has(row.dataset.name)) {
  put(row, on);
  anchor = row;
  show();
  say(on ? `${row.dataset.name} chosen` : `${row.dataset.name} not chosen`);
}

/** Chooses all rows from where the last choice began to this one. */
export function extend(row) {
  const all = rows();
  const from = Math.max(0, all.indexOf(anchor));
  const to = all.indexOf(row);
  for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) put(each, true);
  anchor ??= all[0];
  show();
  say(`Chosen up to ${row.dataset.name}`);
}

export function chooseAll(on = true) {
  rows().forEach((row) => put(row, on));
  if (!on) chosen.clear();
  show();
  say(on ? `All ${chosen.size} chosen` : 'Nothing chosen');
}

/** Rows have come or gone: their boxes say again what is chosen. */
function restore() {
  for (const row of rows()) {
    const box = find('.pick input', row);
    if (box) {
      box.checked = chosen.has(row.dataset.name);
      box.tabIndex = -1;
    }
  }
  show();
}

/** Drops names from the choice that are gone from the folder. */
export function unchoose(names) {
  names.forEach((name) => chosen.delete(name));
  show();
}

function listen(form) {
  let shift = false;
  form.addEventListener('click', (event) => { shift = event.shiftKey; }, true);
  form.addEventListener('change', ({ target }) => {
    const row = target.closest('tr');
    if (!target.matches('.pick input')) return;
    if (target.closest('thead')) chooseAll(target.checked);
    else if (shift && anchor) extend(row);
    else toggle(row, target.checked);
  });
}

/**
 * Puts the bar into the dock and a box for all into the table's head.
 * @param {{archive: Function, rename: Function, remove: Function}} acts
 */
export function startChoosing({ archive, rename, remove }) {
  if (!find('thead .pick')) return;
  if (!bar.firstChild) {
    const may = (right, label, act, kind) =>
      here.may.has(right) ? [button(label, () => act(choice()), kind)] : [];
    one.push(...(here.may.has('put') ? may('delete', 'Rename', rename) : []));
    bar.append(summary,
      button('Download zip', () => archive('zip', choice())),
      button('Download tar', () => archive('tar', choice())),
      ...one, ...may('delete', 'Delete', remove, 'danger'),
      button('Clear', () => chooseAll(false), 'quiet'));
    find('.dock').prepend(bar);
    document.addEventListener('rows', restore);
  }
  find('thead .pick').replaceChildren(
    el('input', { type: 'checkbox', 'aria-label': 'Choose all that are shown' }));
  listen(find('form.files'));
  restore();
}
