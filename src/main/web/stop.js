// The list of files is one stop for Tab: one row has it, and the focus comes to a row by it.
import { find } from './dom.js';
import { handle } from './rows.js';

let current = null;

/** The row that Tab comes to, if it is there. */
const currentRow = () => (current?.isConnected ? current : null);

const firstRow = () => find('tbody tr[data-name]');

/** Makes a row the one that Tab comes to. */
function settle(row) {
  if (current) handle(current).tabIndex = -1;
  current = row;
  if (row) handle(row).tabIndex = 0;
}

export function focusRow(row = currentRow() ?? firstRow()) {
  if (!row) return;
  settle(row);
  handle(row).focus();
}

/** Where the row has gone that was the stop, the first one is. */
const restore = () => settle(currentRow() ?? firstRow());

export function startStop(form) {
  form.addEventListener('focusin', ({ target }) => {
    const row = target.closest('tbody tr[data-name]');
    if (row && row !== current) settle(row);
  });
  restore();
}

document.addEventListener('rows', restore);
