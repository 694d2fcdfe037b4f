// The keyboard on the list of files: one stop for Tab, arrows from row to row, short cuts.
import { chooseAll, extend, toggle } from './choice.js';
import { find } from './dom.js';
import { handle, more, rows, top } from './rows.js';

const LETTERS = 'letters';
const STEP = 10;

/** Whether single letters are short cuts; the browser remembers. */
export const letters = {
  get on() { return localStorage.getItem(LETTERS) !== 'off'; },
  set on(on) { localStorage.setItem(LETTERS, on ? 'on' : 'off'); },
};

let current = null;

/** The row that Tab comes to, if it is there. */
export const currentRow = () => (current?.isConnected ? current : null);

/** Makes a row the one that Tab comes to. */
function settle(row) {
  if (current) handle(current).tabIndex = -1;
  current = row;
  if (row) handle(row).tabIndex = 0;
}

export function focusRow(row = currentRow() ?? rows()[0]) {
  if (!row) return;
  settle(row);
  handle(row).focus();
}

/** New rows are no stops of Tab but for the current one, which the next nearest may have to be. */
function restore() {
  const all = rows();
  for (const row of all) handle(row).tabIndex = -1;
  settle(currentRow() ?? all[0] ?? null);
}

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

const MOVES = { ArrowDown: 1, ArrowUp: -1, PageDown: STEP, PageUp: -STEP };

function pressed(event, acts) {
  const row = event.target.closest('tbody tr[data-name]');
  if (!row || event.altKey) return false;
  const { key, shiftKey } = event;
  const control = event.ctrlKey || event.metaKey;
  if (control) {
    const act = { a: chooseAll, z: acts.undo }[key.toLowerCase()];
    act?.();
    return act != null;
  }
  if (key in MOVES) move(row, MOVES[key], shiftKey).catch(acts.failed);
  else if (key === 'Home' || key === 'End') {
    move(row, key === 'Home' ? -Infinity : Infinity, shiftKey).catch(acts.failed);
  } else if (key === ' ') toggle(row);
  else if (key === 'Escape') chooseAll(false);
  else if (key === 'Backspace') acts.up();
  else if (key === 'F2') acts.rename(row);
  else if (key === 'Delete') acts.remove(row);
  else if (letters.on && key in acts.letters) acts.letters[key]();
  else return false;
  return true;
}

/**
 * @param {{up: Function, rename: Function, remove: Function, undo: Function, failed: Function,
 *   letters: Object<string, Function>}} acts what the keys do
 */
export function startKeys(acts) {
  const form = find('form.files');
  if (!form) return;
  form.addEventListener('keydown', (event) => {
    if (pressed(event, acts)) event.preventDefault();
  });
  form.addEventListener('focusin', ({ target }) => {
    const row = target.closest('tbody tr[data-name]');
    if (row && row !== current) settle(row);
  });
  restore();
}

document.addEventListener('rows', restore);
