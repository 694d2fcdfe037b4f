// The queue on the page: one summary, and as many rows as a person can look at.
import { count, number, size } from './amounts.js';
import { button, el, shown as readable, toList } from './dom.js';
import { meter, pace } from './pace.js';
import {
  answer, cancel, cancelAll, clear, goOn, having, isBusy, mayReplace, pause, pauseAll, pump, queue,
  retry, watchOver,
} from './queue.js';

/** So many rows of a kind are shown; the rest is a number. */
const ROWS = { taken: 50, failed: 50, paused: 20, waiting: 5, done: 5 };
const TICK = 500;

const sum = el('p', { class: 'sum' });
const total = el('progress', { max: 1, value: 0, 'aria-label': 'All uploads' });
const list = el('ol', { class: 'list', tabindex: '0', 'aria-label': 'Uploads, one by one' });
const hold = button('Pause all', () => (queue.hold ? goOn() : pauseAll()), 'quiet');
const end = button('Cancel all', () => (isBusy() ? cancelAll() : close()), 'quiet');
const again = button('Try failed again', () => having('failed').forEach(retry), 'quiet');
const fold = button('Hide list', () => {
  list.hidden = !list.hidden;
  fold.setAttribute('aria-expanded', String(!list.hidden));
  fold.textContent = list.hidden ? 'Show list' : 'Hide list';
  draw();
}, 'quiet');
fold.setAttribute('aria-expanded', 'true');

export const panel = el('section', { class: 'queue', 'aria-label': 'Uploads', hidden: true },
  el('header', {}, el('h2', {}, 'Uploads'), sum, again, hold, fold, end), total, list);

/** Rows that come before the queue's own: offers to go on with what was cut off. */
export const offers = new Map();

/** What is said while folders are walked, or ''. */
export const reading = { text: '' };

function close() {
  clear();
  offers.clear();
  draw();
}

const rowsNow = new Map();

/** Bytes that are done with, or there already. */
function sentNow() {
  const batches = [...queue.transfers].filter(({ items }) => items.length > 1);
  const alone = queue.items.reduce((all, item) => all + (ended(item) ? item.size : item.sent), 0);
  return batches.reduce((all, { sent, items }) => all
    + Math.max(0, sent - items.filter(ended).reduce((done, item) => done + item.size, 0)), alone);
}

const ended = ({ state }) => state === 'done';

const wholeRate = meter();
const rates = new WeakMap();

/** How fast one transfer goes. */
function paceOf(transfer, all) {
  if (!rates.has(transfer)) rates.set(transfer, meter());
  return transfer.stage === 'sending' ? pace(rates.get(transfer), transfer.sent, all) : [];
}

const nextTry = () =>
  `Next try in ${Math.max(0, Math.ceil((queue.hold.until - Date.now()) / 1000))} s`;

const holdText = {
  network: () => (navigator.onLine ? `The server can’t be reached. ${nextTry()}`
    : 'No network. Uploads go on when it is back'),
  busy: () => `The server is busy. ${nextTry()}`,
  session: () => 'Waiting until you have signed in again',
  paused: () => 'Paused',
};

function sumText(sent, all) {
  const done = having('done').length;
  const open = isBusy();
  const parts = [`${number(done)} of ${count(queue.items.length, 'file')} done`];
  const failed = having('failed').length;
  const taken = having('taken').length;
  if (failed > 0) parts.push(`${failed} failed`);
  if (taken > 0) parts.push(`${taken} to be decided`);
  const speed = pace(wholeRate, sent, all);
  if (queue.hold && open) parts.unshift(holdText[queue.hold.reason]());
  else if (open) parts.push(...speed);
  if (reading.text) parts.unshift(reading.text);
  return queue.items.length > 0 || reading.text ? parts.join(' · ') : 'Unfinished';
}

const acts = (...made) => made;
const act = (label, name, click, kind = 'quiet') => {
  const made = button(label, click, kind);
  made.setAttribute('aria-label', `${label}: ${name}`);
  return made;
};

/** What can be done with a row, by its state. */
const BUTTONS = {
  waiting: (item) => acts(act('Cancel', item.path, () => cancel([item]))),
  comparing: (item) => acts(act('Cancel', item.path, () => cancel([item]))),
  sending: (item) => acts(act('Pause', item.path, () => pause(item)),
    act('Cancel', item.path, () => cancel([item]))),
  checking: () => [],
  done: () => [],
  paused: (item) => acts(act('Go on', item.path, () => retry(item)),
    act('Cancel', item.path, () => cancel([item]))),
  failed: (item) => acts(act('Try again', item.path, () => retry(item)),
    act('Dismiss', item.path, () => cancel([item]))),
  taken: (item) => ['rename', ...(mayReplace ? ['replace'] : []), 'skip'].map((what) =>
    act({ rename: 'Keep both', replace: 'Replace', skip: 'Skip' }[what], item.path, () => {
      answer(item, what);
      pump();
    })),
};

const WORDS = {
  waiting: 'waiting',
  comparing: 'comparing with what is there',
  sending: 'sending',
  checking: 'checking',
  paused: 'paused',
  done: 'done',
  taken: 'this name is taken',
};

function stateText({ state, why, sent, file, size: bytes }, transfer) {
  if (state === 'failed') return why;
  if (!file) return WORDS[state];
  const part = sent > 0 && state !== 'done' ? `${size(sent)} of ` : '';
  const speed = transfer?.items.length === 1 ? paceOf(transfer, bytes) : [];
  return [WORDS[state], part + size(bytes), ...speed].join(' · ');
}

/** Makes or updates a row; it keeps its element, and so the focus, while it is there. */
function row(key, { name, state, text, value, buttons }) {
  let shown = rowsNow.get(key);
  if (!shown) {
    const parts = {
      name: el('span', { class: 'name' }), state: el('span', { class: 'state' }),
      acts: el('span', { class: 'acts' }), bar: el('progress', { max: 1 }),
    };
    shown = { ...parts, at: null, li: el('li', {}, parts.name, parts.state, parts.acts) };
    rowsNow.set(key, shown);
  }
  shown.name.textContent = readable(name);
  shown.name.title = readable(name);
  if (shown.state.textContent !== text) shown.state.textContent = text;
  if (shown.at !== state) {
    shown.at = state;
    shown.li.className = state;
    const focused = shown.acts.contains(document.activeElement);
    shown.acts.replaceChildren(...buttons());
    if (focused) (shown.acts.firstChild ?? list).focus();
  }
  if (value === null) shown.bar.remove();
  else {
    shown.bar.setAttribute('aria-label', name);
    shown.bar.value = value;
    if (!shown.bar.isConnected) shown.li.append(shown.bar);
  }
  return shown.li;
}

function itemRow(item, transfer) {
  const moving = ['sending', 'comparing', 'checking'].includes(item.state);
  return row(item.id, {
    name: item.path,
    state: item.state,
    text: stateText(item, transfer),
    value: moving || item.sent > 0 && !ended(item) ? item.sent / (item.size || 1) : null,
    buttons: () => BUTTONS[item.state](item),
  });
}

/** One row for an archive of many files. */
function batchRow(transfer) {
  const { items, sent, stage } = transfer;
  const [first] = items;
  const bytes = items.reduce((all, item) => all + item.size, 0);
  const name = `${first.path} and ${count(items.length - 1, 'more file')}`;
  return row(`batch${first.id}`, {
    name,
    state: stage,
    text: [`${WORDS[stage]} · ${size(Math.round(sent))} of ${size(bytes)}`,
      ...paceOf(transfer, bytes)].join(' · '),
    value: sent / (bytes || 1),
    buttons: () => acts(act('Cancel', name, () => cancel(items.filter(({ state }) =>
      state !== 'done')))),
  });
}

function rest(state, number, words) {
  return row(`rest-${state}`, {
    name: `${count(number, 'more file')} ${words}`, state: 'rest', text: '', value: null,
    buttons: () => [],
  });
}

function group(state, words) {
  const all = having(state);
  const some = state === 'done' ? all.sort((a, b) => b.doneAt - a.doneAt) : all;
  const made = some.slice(0, ROWS[state]).map((item) => itemRow(item));
  if (all.length > ROWS[state]) made.push(rest(state, all.length - ROWS[state], words));
  return made;
}

function rowsWanted() {
  const moving = [...queue.transfers].flatMap((transfer) =>
    (transfer.items.length > 3 ? [batchRow(transfer)]
      : transfer.items.filter(({ state }) => ['comparing', 'sending', 'checking'].includes(state))
        .map((item) => itemRow(item, transfer))));
  return [...[...offers].map(([key, make]) => make(key, row)),
    ...group('taken', 'to be decided'), ...group('failed', 'failed'), ...moving,
    ...group('paused', 'paused'), ...group('waiting', 'waiting'), ...group('done', 'done')];
}

function drawList() {
  const wanted = rowsWanted();
  const stays = new Set(wanted);
  for (const [key, { li }] of rowsNow) {
    if (stays.has(li)) continue;
    li.remove();
    rowsNow.delete(key);
  }
  wanted.forEach((li, at) => {
    if (list.children[at] !== li) list.insertBefore(li, list.children[at] ?? null);
  });
}

function holdWord() {
  if (!queue.hold) return 'Pause all';
  return queue.hold.reason === 'paused' ? 'Go on' : 'Try now';
}

/** Gives the focus a place near by where what had it is gone or hidden. */
function keepFocus() {
  const at = document.activeElement;
  if (panel.contains(at) && at.getClientRects().length > 0) return;
  if (panel.hidden) toList();
  else (list.hidden ? fold : list).focus();
}

/** Brings the panel up to date. */
export function draw() {
  const focused = panel.contains(document.activeElement);
  const all = queue.items.reduce((bytes, item) => bytes + item.size, 0);
  const sent = sentNow();
  panel.hidden = queue.items.length === 0 && offers.size === 0 && !reading.text;
  const text = sumText(sent, all);
  if (sum.textContent !== text) sum.textContent = text;
  total.value = all > 0 ? sent / all : 0;
  total.hidden = queue.items.length === 0;
  const open = isBusy();
  again.hidden = having('failed').length === 0;
  hold.hidden = !open;
  hold.textContent = holdWord();
  end.textContent = open ? 'Cancel all' : 'Close';
  if (!list.hidden) drawList();
  if (focused) keepFocus();
}

/** Draws while something goes on, and at once when something has happened. */
export function startDrawing() {
  let asked = false;
  queue.changed = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
  setInterval(() => {
    watchOver();
    if (isBusy() || reading.text) draw();
  }, TICK);
}
