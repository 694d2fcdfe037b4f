// The keys of the list, and the switch for single letters.
import { ask as inDialog } from './dialog.js';
import { el } from './dom.js';
import { letters } from './here.js';

const KEYS = [
  ['↓ ↑', 'next or previous file; with Shift, choose on the way'],
  ['Home End', 'first or last file'],
  ['Enter', 'open'],
  ['Backspace', 'the folder above'],
  ['Space', 'choose or drop'],
  ['Ctrl A', 'choose all that are shown; once more, all there are'],
  ['Esc', 'choose none'],
  ['F2', 'rename'],
  ['Del', 'delete'],
  ['Ctrl Z', 'bring back what was just deleted'],
  ['/', 'filter by name'],
  ['u', 'upload files'],
  ['?', 'this help'],
];

export async function showHelp() {
  const box = el('input', { type: 'checkbox', change: () => { letters.on = box.checked; } });
  box.checked = letters.on;
  await inDialog({
    title: 'Help',
    kind: 'wide',
    content: [
      el('p', {}, 'Drop files and folders anywhere on the page to upload them. Tab brings you to '
        + 'the list of files; these keys work there:'),
      el('dl', {}, ...KEYS.flatMap(([keys, what]) => [
        el('dt', {}, ...keys.split(' ').flatMap((key) => [el('kbd', {}, key), ' '])),
        el('dd', {}, what)])),
      el('label', {}, box, 'Use / u ? as short cuts'),
    ],
    answers: [['Close', 'close', 'primary']],
  });
}
