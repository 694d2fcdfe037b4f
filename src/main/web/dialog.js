// Dialogs: a heading, what is said, buttons. The browser gives the focus back as it closes one, and
// says so by an event that may come later than the next key: whoever moves the focus then would take
// it from where it has gone to since.
import { button, el, find, toList } from './dom.js';

let dialogs = 0;

/**
 * Opens a dialog and resolves when it is closed, to the value of the button that closed it; Escape
 * gives ''. Where `submit` is given it is tried first, and what it throws is shown in the dialog.
 * @param {{title: string, content: Node[], answers: [string, string, string?][], kind?: string,
 *   focus?: string, submit?: (value: string) => Promise<void>}} options answers are label, value,
 *   class; focus is the value of the answer that Enter gives
 * @returns {Promise<string>}
 */
export function ask({ title, content, answers, kind, focus, submit }) {
  const id = `dialog-${++dialogs}`;
  // What is long is read from its beginning.
  const isLong = kind === 'wide';
  const heading = el('h2', { id, tabindex: isLong ? '-1' : null, autofocus: isLong }, title);
  const error = el('p', { id: `${id}-error`, class: 'error', role: 'alert' });
  const acts = el('div', { class: 'acts' });
  const form = el('form', { method: 'dialog' }, heading, ...content, error, acts);
  const dialog = el('dialog', { 'aria-labelledby': id, class: kind }, form);
  for (const [label, value, look] of answers) {
    acts.append(value === ''
      ? button(label, () => dialog.close(''), look)
      : el('button', { value, class: look, autofocus: value === focus }, label));
  }
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    error.textContent = '';
    const { value } = event.submitter ?? { value: answers.at(-1)[1] };
    try {
      await submit?.(value);
      dialog.close(value);
    } catch (fault) {
      error.textContent = fault.message;
      const field = find('input', form);
      field?.setAttribute('aria-invalid', 'true');
      field?.setAttribute('aria-describedby', error.id);
      field?.focus();
    }
    busy = false;
  });
  return opened(dialog);
}

/** Shows a dialog until it is closed, then takes it away. */
export function opened(dialog) {
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (!before.isConnected && document.activeElement === document.body) toList();
      resolve(dialog.returnValue);
    });
  });
}
