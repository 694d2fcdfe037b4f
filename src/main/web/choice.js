// What is chosen of the rows, and the bar that says so and what can be done with it.
import { count, number, size } from './amounts.js';
import { everything, MOST } from './changes.js';
import { button, el, find, notice, say, shown, toList } from './dom.js';
import { here } from './here.js';
import { rows, state } from './rows.js';

/** Whether there are boxes: for those who may take files, and not by a link alone. */
export const mayChoose = here.may.has('get') && !here.link;

const chosen = new Map();
let anchor = null;

/** Whether all is chosen of a folder that has more than can be named one by one. */
let whole = false;

const info = ({ name, type, size: bytes }) =>
  ({ name, isFolder: type === 'folder', size: Number(bytes ?? 0) });

/** What is chosen: names, whether they are folders, sizes; null for the folder with all in it. */
export const choice = () => (whole ? null : [...chosen.values()]);

function put(row, on) {
  const box = find('.pick input', row);
  if (!box) return;
  box.checked = on;
  if (on) chosen.set(row.dataset.name, info(row.dataset));
  else chosen.delete(row.dataset.name);
}

const summary = el('p');
const bar = el('section', { class: 'choice', hidden: true, 'aria-label': 'Chosen files' });
const rest = button('', () => chooseRest());
const one = [];
const named = [];

function show() {
  const { total, match } = state();
  const all = chosen.size;
  const here = rows();
  const isAll = here.length > 0 && here.every(({ dataset }) => chosen.has(dataset.name));
  const isPart = isAll && !whole && all < total;
  const entries = (number) => count(number, 'entry', 'entries');
  const bytes = [...chosen.values()].reduce((sum, { size: of }) => sum + of, 0);
  bar.hidden = all === 0;
  summary.textContent = whole ? `All ${entries(total)} chosen`
    : `${isPart ? `${number(all)} of ${entries(total)}` : entries(all)} chosen`
      + (bytes > 0 ? `, ${size(bytes)}` : '');
  // All by name, or because all means the folder itself.
  rest.hidden = !isPart || (total > MOST && match !== '');
  rest.textContent = `Choose all ${number(total)}`;
  for (const element of one) element.hidden = all !== 1;
  for (const element of named) element.hidden = whole;
  const box = find('thead .pick input');
  if (!box) return;
  box.checked = isAll;
  box.indeterminate = all > 0 && !isAll;
}

async function chooseRest() {
  try {
    const all = state().total > MOST ? [] : await everything();
    whole = all.length === 0;
    all.forEach((entry) => chosen.set(entry.name, info(entry)));
  } catch (error) {
    notice(error.message, { bad: true });
    return;
  }
  const focused = document.activeElement === rest;
  restore();
  if (focused) rest.nextElementSibling.focus();
  say(summary.textContent);
}

/** Chooses or drops one row, which is where a later extension begins. */
export function toggle(row, on = !chosen.has(row.dataset.name)) {
  if (!mayChoose) return;
  whole = false;
  put(row, on);
  anchor = row;
  show();
  say(`${shown(row.dataset.name)} ${on ? '' : 'not '}chosen`);
}

/** Chooses all rows from where the last choice began to this one. */
export function extend(row) {
  if (!mayChoose) return;
  const all = rows();
  const from = Math.max(0, all.indexOf(anchor));
  const to = all.indexOf(row);
  for (const each of all.slice(Math.min(from, to), Math.max(from, to) + 1)) put(each, true);
  anchor ??= all[0];
  show();
  say(`Chosen up to ${shown(row.dataset.name)}`);
}

/** Chooses all rows that are here; asked once more, also those that are not. */
export function chooseAll(on = true) {
  if (!mayChoose) return;
  if (on && !rest.hidden) {
    rest.click();
    return;
  }
  whole = false;
  rows().forEach((row) => put(row, on));
  if (!on) chosen.clear();
  show();
  const further = rest.hidden ? '' : `. Once more for all ${number(state().total)}`;
  say(on ? summary.textContent + further : 'Nothing chosen');
}

/** Rows have come or gone: their boxes say again what is chosen. */
function restore() {
  if (state().match) whole = false;
  for (const row of rows()) {
    const box = find('.pick input', row);
    if (box) box.checked = whole || chosen.has(row.dataset.name);
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

/** What was chosen before this was there. */
function takeOver(form) {
  for (const row of rows()) {
    if (find('.pick input:checked', row)) put(row, true);
  }
  if (find('thead .pick input', form).checked) chooseAll();
}

/**
 * Puts the bar into the dock and listens to the boxes.
 * @param {{archive: Function, rename: Function, remove: Function}} acts
 */
export function startChoosing(form, { archive, rename, remove }) {
  if (!mayChoose) return;
  if (!bar.firstChild) {
    const may = (right, label, act, kind) =>
      here.may.has(right) ? [button(label, () => act(choice()), kind)] : [];
    one.push(...(here.may.has('put') ? may('delete', 'Rename', rename) : []));
    named.push(...may('delete', 'Delete', remove, 'danger'));
    bar.append(summary, rest,
      button('Download zip', () => archive('zip', choice())),
      button('Download tar', () => archive('tar', choice())),
      ...one, ...named,
      button('Clear', () => {
        chooseAll(false);
        toList();
      }, 'quiet'));
    find('.dock').prepend(bar);
    document.addEventListener('rows', restore);
  }
  listen(form);
  takeOver(form);
  restore();
}
