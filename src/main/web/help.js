// The keys of the list, as far as the key to the share allows what they do, and the switch for
// single letters.
import { mayChoose } from './choice.js';
import { ask as inDialog } from './dialog.js';
import { el } from './dom.js';
import { here, letters } from './here.js';

const may = (...rights) => rights.every((right) => here.may.has(right));

const KEYS = [
  ['↓ ↑', `next or previous file${mayChoose ? '; with Shift, choose on the way' : ''}`],
  ['Home End', 'first or last file'],
  ['Enter', 'open'],
  ['Backspace', 'the folder above'],
  ['Space', 'choose or drop', mayChoose],
  ['Ctrl A', 'choose all that are shown; once more, all there are', mayChoose],
  ['Esc', 'choose none', mayChoose],
  ['F2', 'rename', may('put', 'delete')],
  ['Del', 'delete', may('delete')],
  ['Ctrl Z', 'bring back what was just deleted', may('put', 'delete')],
  ['/', 'filter by name'],
  ['u', 'upload files', may('put')],
  ['?', 'this help'],
].filter(([, , isThere = true]) => isThere);

const drop = may('put') ? 'Drop files and folders anywhere on the page to upload them. ' : '';

export async function showHelp() {
  const box = el('input', { type: 'checkbox', change: () => { letters.on = box.checked; } });
  box.checked = letters.on;
  await inDialog({
    title: 'Help',
    kind: 'wide',
    content: [
      el('p', {}, `${drop}Tab brings you to the list of files; these keys work there:`),
      el('dl', {}, ...KEYS.flatMap(([keys, what]) => [
        el('dt', {}, ...keys.split(' ').flatMap((key) => [el('kbd', {}, key), ' '])),
        el('dd', {}, what)])),
      el('label', {}, box, `Use ${may('put') ? '/ u ?' : '/ ?'} as short cuts`),
    ],
    answers: [['Close', 'close', 'primary']],
  });
}
