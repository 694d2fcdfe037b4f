// Brings back what was deleted last, out of the history, as long as this page is open.
import { count } from './amounts.js';
import { ask } from './ask.js';
import { refresh } from './changes.js';
import { notice, say } from './dom.js';
import { here } from './here.js';
import { fromHere } from './keys.js';
import { load, rows } from './rows.js';

const HISTORY = '/.privateshare/history/';

/** So many entries of a folder are looked at before it goes. */
const MOST = 10_000;

export const mayUndo = here.may.has('put') && here.may.has('list');

/** What was deleted: entries, the server's time before, how to take the offer away. */
let last = null;

/** The server's clock, by which the history says when something came into it; whole seconds. */
export const serverTime = async () =>
  Date.parse((await ask('/.privateshare/session')).headers.get('Date'));

/** Says what was deleted, and offers to bring it back where the key may. */
export function offerUndo(text, entries, since) {
  last?.close();
  last = null;
  if (!mayUndo) {
    say(text);
    return;
  }
  const close = notice(text, { action: ['Undo', undo], place: '.dock' });
  say(`${text}. Undo, or Control Z in the list, brings it back`);
  last = { entries, since, close };
}

/** The folders in a folder, parents first: of those that are empty the history knows nothing. */
export async function foldersIn(folder) {
  const tree = await ask(`${here.url(folder, true)}?recursive`, { headers: { Accept: 'text/plain' } });
  const lines = tree.body.pipeThrough(new TextDecoderStream()).getReader();
  const found = [];
  let seen = 0;
  let rest = '';
  for (let part = await lines.read(); !part.done && seen < MOST; part = await lines.read()) {
    const names = (rest + part.value).split('\n');
    rest = names.pop();
    seen += names.length;
    found.push(...names.filter((name) => name.endsWith('/')));
  }
  lines.cancel();
  return found;
}

/** The last version of every file of an entry that came into the history with its deletion. */
async function versionsOf({ name, isFolder }, since) {
  const path = decodeURIComponent(here.folder).slice(1) + name;
  const answer = await ask(HISTORY + here.folder.slice(1) + encodeURIComponent(name));
  const found = new Map();
  for (const version of (await answer.json()).versions) {
    const belongs = isFolder ? version.path.startsWith(`${path}/`) : version.path === path;
    const known = found.get(version.path);
    if (belongs && Date.parse(version.kept) >= since
        && !(known && Date.parse(known.kept) >= Date.parse(version.kept))) {
      found.set(version.path, version);
    }
  }
  return [...found.values()];
}

const urlOf = (path) => HISTORY + path.split('/').map(encodeURIComponent).join('/');

/** Four at a time; returns what could not be brought back. */
async function restore(versions) {
  const waiting = [...versions];
  const faults = [];
  const work = async () => {
    for (let version = waiting.shift(); version; version = waiting.shift()) {
      await ask(`${urlOf(version.path)}?restore=${version.id}`, { method: 'POST' })
        .catch((error) => faults.push(error.message));
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return faults;
}

/** A folder is there again even where nothing was in it, and so are those in it. */
async function remake({ name, inside = [] }, versions) {
  const full = new Set(versions.flatMap(({ path }) =>
    [...path.matchAll('/')].map(({ index }) => path.slice(0, index + 1))));
  const path = `${decodeURIComponent(here.folder).slice(1)}${name}/`;
  for (const each of ['', ...inside].filter((folder) => !full.has(path + folder))) {
    const url = here.url(name, true) + each.split('/').map(encodeURIComponent).join('/');
    await ask(url, { method: 'MKCOL' }).catch((error) => {
      if (error.code !== 'taken') throw error;
    });
  }
}

export async function undo() {
  if (!last) {
    say('Nothing to bring back');
    return;
  }
  const { entries, since, close } = last;
  last = null;
  close();
  const land = fromHere();
  const ended = entries.length > 20 ? notice('Bringing it back …', { place: '.dock' }) : () => {};
  const faults = [];
  try {
    for (const entry of entries) {
      const versions = await versionsOf(entry, since);
      faults.push(...await restore(versions));
      if (entry.isFolder) await remake(entry, versions);
    }
  } catch (error) {
    faults.push(error.message);
  }
  ended();
  if (!await refresh()) await load();
  land(rows().find(({ dataset }) => dataset.name === entries[0].name));
  if (faults.length > 0) {
    notice(`${count(faults.length, 'file')} could not be brought back. ${faults[0]}`,
      { bad: true });
  } else {
    say(entries.length === 1 ? 'It is back' : `All ${entries.length} are back`);
  }
}
