// The queue of uploads: what waits, what is on its way, what went wrong and is tried again.
import { Refused, unreachable } from './ask.js';
import { here } from './here.js';
import { sendFile, sendMany, UPLOADS } from './send.js';

/** Files below this go together as an archive. */
const SMALL = 1 << 20;
const BATCH = { files: 500, bytes: 16 << 20 };
const AT_ONCE = 3;

/** A connection on which nothing moved for so long is dead, in milliseconds. */
const STALL = 45_000;
const LONGEST_WAIT = 30;

/** These pass: the server is busy, or something between here and there. */
const PASSING = new Set(['unreachable', 'busy', 'unavailable', 'timeout', 'throttled', 'offset']);

/** An upload that the server no longer goes on with; it begins anew, once. */
const LOST = new Set(['missing', 'gone', 'changed', 'mismatch']);

export const queue = {
  items: [],
  /** What is on its way: { items, sent, stage, since, moved, stop }. */
  transfers: new Set(),
  /** Why nothing is sent now: { reason: 'network' | 'busy' | 'session' | 'paused', until? }, or null. */
  hold: null,
  /** What to do with every name that is taken: 'rename', 'replace', 'skip', or null to ask. */
  policy: null,
  /** Called whenever something has changed that people should hear of at once. */
  changed: () => {},
  /** Called with an item whose name is taken. */
  taken: () => {},
};

let ids = 0;
let failures = 0;
let timer = null;

const isIn = (...states) => ({ state }) => states.includes(state);

export const having = (...states) => queue.items.filter(isIn(...states));

/** Whether something is still to be sent. */
export const isBusy = () =>
  queue.items.some(isIn('waiting', 'comparing', 'sending', 'checking', 'paused'));

/** @param {{path: string, file: ?File, offer?: object}[]} found */
export function add(found) {
  for (const { path, file, offer = null } of found) {
    queue.items.push({
      id: ++ids, path, original: path, file, offer, size: file?.size ?? 0, state: 'waiting',
      why: '', sent: 0, url: null, replace: false, copy: 1, begunAnew: false,
    });
  }
  pump();
}

const isSmall = (item) => item.size < SMALL && !item.offer && !item.url;

/** The next work: one large file, or small ones of a kind, in the order they came. */
function next() {
  const first = queue.items.find(isIn('waiting'));
  if (!first || !isSmall(first)) return first ? [first] : [];
  const batch = [];
  let bytes = 0;
  for (const item of queue.items) {
    if (item.state !== 'waiting' || !isSmall(item) || item.replace !== first.replace) continue;
    bytes += item.size;
    if (batch.length === BATCH.files || (bytes > BATCH.bytes && batch.length > 0)) break;
    batch.push(item);
  }
  return batch;
}

export function pump() {
  while (!queue.hold && queue.transfers.size < AT_ONCE) {
    const items = next();
    if (items.length === 0) break;
    send(items);
  }
  if (!isBusy()) queue.policy = null;
  queue.changed();
}

async function send(items) {
  const transfer = { items, sent: items[0].sent, stage: 'sending', moved: Date.now(), stop: null };
  const report = {
    progress(sent) {
      if (sent > transfer.sent) failures = 0;
      transfer.sent = sent;
      if (items.length === 1) items[0].sent = sent;
      transfer.moved = Date.now();
    },
    stage(name) {
      transfer.stage = name;
      items.filter(isIn('comparing', 'sending', 'checking'))
        .forEach((item) => { item.state = name; });
    },
    receipt,
  };
  items.forEach((item) => { item.state = 'sending'; });
  queue.transfers.add(transfer);
  let running = null;
  const stopped = new Promise((_, reject) => {
    transfer.stop = (why) => {
      running?.stop();
      reject(why);
    };
  });
  try {
    running = isSmall(items[0]) ? sendMany(items, report) : sendFile(items[0], report);
    await Promise.race([running.done, stopped]);
    items.filter(isIn('sending', 'checking')).forEach(finish);
  } catch (error) {
    items.filter(isIn('comparing', 'sending', 'checking')).forEach((item) => fail(item, error));
  }
  if (!items[0].url) items[0].sent = 0;
  queue.transfers.delete(transfer);
  pump();
}

function finish(item) {
  item.state = 'done';
  item.doneAt = Date.now();
  item.url = null;
}

function receipt(item, { result, code, detail, error }) {
  if (result === 'exists') fail(item, new Refused('taken', detail));
  else if (result === 'refused') fail(item, error ?? new Refused(code, detail));
  else finish(item);
}

function fail(item, error) {
  const { code } = error;
  if (error === PAUSE) item.state = 'paused';
  else if (error === BACK) item.state = 'waiting';
  else if (PASSING.has(code)) wait(item, code);
  else if (code === 'no-key') {
    item.state = 'waiting';
    queue.hold = { reason: 'session' };
  } else if (code === 'taken') takenName(item);
  else if (LOST.has(code) && item.url && !item.begunAnew) {
    Object.assign(item, { url: null, sent: 0, begunAnew: true, state: 'waiting' });
  } else {
    Object.assign(item, { state: 'failed', why: error.message });
  }
}

/** Nothing new is begun for a while, longer each time, or until the browser is online again. */
function wait(item, code) {
  item.state = 'waiting';
  if (queue.hold) return;
  const seconds = Math.min(LONGEST_WAIT, 2 ** failures++);
  const reason = code === 'unreachable' ? 'network' : 'busy';
  queue.hold = { reason, until: Date.now() + 1000 * seconds };
  timer = setTimeout(goOn, 1000 * seconds);
}

/** What stops a transfer without a fault of its own. */
const PAUSE = new Error('paused');
const BACK = new Error('back in the queue');

/** Ends whatever holds the queue up. */
export function goOn() {
  clearTimeout(timer);
  queue.hold = null;
  pump();
}

export function pauseAll() {
  clearTimeout(timer);
  queue.hold = { reason: 'paused' };
  for (const { stop } of queue.transfers) stop(BACK);
  queue.changed();
}

const transferOf = (item) => [...queue.transfers].find(({ items }) => items.includes(item));

export function pause(item) {
  const transfer = transferOf(item);
  if (transfer) transfer.stop(PAUSE);
  else item.state = 'paused';
  queue.changed();
}

/** Again, or at last: a failed, paused or refused upload. */
export function retry(item) {
  Object.assign(item, { state: 'waiting', why: '' });
  pump();
}

const drop = (gone) => { queue.items = queue.items.filter((item) => !gone.has(item)); };

/** Takes uploads out of the queue; what the server has of them is given up. */
export function cancel(items) {
  const gone = new Set(items);
  for (const item of items) {
    const transfer = transferOf(item);
    item.state = 'cancelled';
    transfer?.stop(BACK);
    if (item.url) discard(item.url);
  }
  drop(gone);
  pump();
}

export const cancelAll = () => {
  queue.hold = null;
  cancel(having('waiting', 'paused', 'comparing', 'sending', 'taken'));
};

export const discard = (url) =>
  fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => {});

export function clear() {
  drop(new Set(having('done', 'failed', 'taken')));
  queue.policy = null;
  queue.changed();
}

function takenName(item) {
  Object.assign(item, { url: null, sent: 0 });
  if (queue.policy) answer(item, queue.policy);
  else {
    Object.assign(item, { state: 'taken', why: '' });
    queue.taken(item);
  }
}

/** `a (2).txt` for the second copy of `a.txt`. */
function copyOf(path, copy) {
  const [, folder, stem, ending] = /^(.*\/)?(.+?)(\.[^./]*)?$/s.exec(path);
  return `${folder ?? ''}${stem} (${copy})${ending ?? ''}`;
}

/** What is to be done with an item whose name is taken: 'rename', 'replace' or 'skip'. */
export function answer(item, what) {
  if (what === 'skip') drop(new Set([item]));
  else {
    if (what === 'replace') item.replace = true;
    else item.path = copyOf(item.original, ++item.copy);
    item.state = 'waiting';
  }
}

/** Looks at the connections: one on which nothing moves is given up, and tried again. */
export function watchOver() {
  for (const transfer of queue.transfers) {
    if (transfer.stage === 'sending' && Date.now() - transfer.moved > STALL) {
      transfer.stop(unreachable());
    }
  }
}

addEventListener('online', () => queue.hold?.reason === 'network' && goOn());
addEventListener('offline', () => {
  for (const { stop } of queue.transfers) stop(unreachable());
});
document.addEventListener('session-back', () => queue.hold?.reason === 'session' && goOn());

/** What this page itself is sending, so that it isn't offered as unfinished. */
export const isOurs = ({ id }) => queue.items.some(({ url }) => url?.endsWith(`/${id}`));

/** The URL of an upload that the server offers to go on with. */
export const urlOf = ({ id }) => `${UPLOADS}/${id}`;

export const mayReplace = here.may.has('replace');
