// The keyboard on the list of files: arrows from row to row, and what is done with a row.
import { chooseAll, choice, extend, toggle } from './choice.js';
import { find, notice } from './dom.js';
import { more, top } from './further.js';
import { here } from './here.js';
import { rows } from './rows.js';
import { focusRow } from './stop.js';

const STEP = 10;

const mayDelete = here.may.has('delete');
const mayRename = mayDelete && here.may.has('put');

/**
 * Remembers where the focus is, before something that takes its time. What comes of it leads to the
 * row where that ended, unless the focus has moved on meanwhile; lost it isn't.
 */
export function fromHere() {
  const before = document.activeElement;
  return (row) => {
    const now = document.activeElement;
    const isLost = now === document.body || now.getClientRects().length === 0;
    if (row && (isLost || now === before)) focusRow(row);
    else if (isLost) find('h1').focus();
  };
}

/** The row beside some that are about to go, if there is one. */
export function beside(names) {
  const all = rows();
  const at = all.findIndex((row) => names.has(row.dataset.name));
  const rest = (list) => list.find((row) => !names.has(row.dataset.name));
  return rest(all.slice(at + 1)) ?? rest(all.slice(0, Math.max(0, at)).reverse());
}

async function move(row, by, shift) {
  if (by === -Infinity) await top();
  const all = rows();
  const from = all.indexOf(row);
  let to = Math.min(Math.max(from + by, 0), all.length - 1);
  if (from + by >= all.length && await more()) to = Math.min(from + by, rows().length - 1);
  if (!row.contains(document.activeElement)) return;
  const target = rows()[to];
  if (shift) {
    if (!find('input:checked', row)) toggle(row, true);
    extend(target);
  }
  focusRow(target);
}

const MOVES = {
  ArrowDown: 1, ArrowUp: -1, PageDown: STEP, PageUp: -STEP, Home: -Infinity, End: Infinity,
};

const entry = ({ dataset: { name, type } }) => ({ name, isFolder: type === 'folder' });

function up() {
  const parents = [...document.querySelectorAll('.crumbs a')];
  const parent = parents.at(-2);
  if (parent) location.assign(parent.href);
}

/**
 * All that is chosen where the row is, else the row alone. A folder with more entries than can be
 * named isn't emptied by one key.
 */
function remove(row, acts) {
  const entries = find('input:checked', row) ? choice() : [entry(row)];
  if (entries) acts.remove(entries);
  else {
    notice('These are too many to delete one by one. Delete the folder around them instead.',
      { bad: true });
  }
}

const KEYS = {
  ' ': (row) => toggle(row),
  Escape: () => chooseAll(false),
  Backspace: up,
  F2: (row, acts) => mayRename && acts.rename([entry(row)]),
  Delete: (row, acts) => mayDelete && remove(row, acts),
};

function pressed({ target, key, shiftKey, ctrlKey, metaKey, altKey }, acts) {
  const row = target.closest('tbody tr[data-name]');
  if (!row || altKey) return false;
  if (ctrlKey || metaKey) {
    const act = { a: chooseAll, z: acts.undo }[key.toLowerCase()];
    act?.();
    return act != null;
  }
  if (key in MOVES) move(row, MOVES[key], shiftKey).catch(acts.failed);
  else KEYS[key]?.(row, acts);
  return key in MOVES || key in KEYS;
}

/** @param {{rename: Function, remove: Function, undo: Function, failed: Function}} acts */
export function startKeys(form, acts) {
  form.addEventListener('keydown', (event) => {
    if (pressed(event, acts)) event.preventDefault();
  });
}
