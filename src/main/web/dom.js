// Makes elements of text and attributes, finds them, and speaks to screen readers.

/**
 * An element. Strings among the children become text, never markup; a property that is a function
 * is a listener, one that is true or false an attribute or none.
 * @param {string} tag
 * @param {Object<string, unknown>} properties
 * @param {...(Node|string)} children
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** What would turn, hide or move the text around it. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}]/gu;

/** A name for the eye, as the server writes it: what is unfit is shown as its number. */
export const shown = (name) => (name.search(UNFIT) < 0 ? name
  : name.replaceAll('\\', '\\\\').replace(UNFIT, (unfit) => {
    const point = unfit.codePointAt(0).toString(16);
    return point.length > 2 ? `\\u{${point}}` : `\\x${point.padStart(2, '0')}`;
  }));

/** A name within a sentence, which it doesn't turn round: U+2068 and U+2069 are what bdi is. */
export const quoted = (name) => `“\u2068${shown(name)}\u2069”`;

/** A button that sends no form. */
export const button = (label, click, kind = null) =>
  el('button', { type: 'button', class: kind, click }, label);

export const find = (selector, within = document) => within.querySelector(selector);

/** Gives the focus back to the list, where what had it goes away. */
export const toList = () => (find('tbody [tabindex="0"]') ?? find('h1')).focus();

const status = el('p', { class: 'unseen', role: 'status' });
document.body.append(status);

/** Says a sentence to those who listen; each is said even when it is the one before. */
export function say(text) {
  status.textContent = status.textContent === text ? `${text}\u00a0` : text;
}

/**
 * Shows a sentence above the files until it is dismissed, and says it.
 * @param {string} text
 * @param {{bad?: boolean, action?: [string, () => void], place?: string}} options
 */
export function notice(text, { bad = false, action, place = '.notices' } = {}) {
  const close = () => {
    const focused = box.contains(document.activeElement);
    box.remove();
    if (focused) toList();
  };
  const box = el('div', { class: bad ? 'notice bad' : 'notice' }, el('p', {}, text));
  if (action) {
    box.append(button(action[0], () => { close(); action[1](); }));
  }
  box.append(button('Dismiss', close, 'quiet'));
  find(place).append(box);
  say(text);
  return close;
}
