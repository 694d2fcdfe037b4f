// What is done with entries: new folder, rename, delete, and archives of what is chosen.
import { count } from './amounts.js';
import { ask, Refused } from './ask.js';
import { forget, refresh } from './changes.js';
import { unchoose } from './choice.js';
import { ask as inDialog } from './dialog.js';
import { el, notice, quoted, say } from './dom.js';
import { here } from './here.js';
import { beside, fromHere } from './keys.js';
import { load, rows, state } from './rows.js';
import { foldersIn, mayUndo, offerUndo, serverTime } from './undo.js';

/** The server takes a form of 1 MiB. */
const FORM = 1 << 20;

const url = ({ name, isFolder }) => here.url(name, isFolder);

const field = (value) => el('input', {
  id: 'new-name', value, required: true, autocomplete: 'off', spellcheck: 'false',
});

const shown = (name) => rows().find((row) => row.dataset.name === name);

/** Shows what has changed, and leads to the entry of that name. */
async function showNew(name, land) {
  if (!await refresh()) await load();
  land(shown(name));
}

export async function newFolder() {
  const land = fromHere();
  const name = field('');
  const title = 'New folder';
  const made = await inDialog({
    title,
    content: [el('label', { for: 'new-name' }, 'Name'), name],
    answers: [['Cancel', ''], ['Create', 'create', 'primary']],
    submit: () => ask(here.url(name.value.trim(), true), { method: 'MKCOL' }),
  });
  if (!made) return;
  await showNew(name.value.trim(), land);
  say(`Folder ${quoted(name.value.trim())} created`);
}

/** Asks for the new name of the one entry that is given. */
export async function rename([entry]) {
  const land = fromHere();
  const name = field(entry.name);
  const ready = inDialog({
    title: `Rename ${quoted(entry.name)}`,
    content: [el('label', { for: 'new-name' }, 'New name'), name],
    answers: [['Cancel', ''], ['Rename', 'rename', 'primary']],
    submit: () => name.value === entry.name ? null : ask(url(entry), {
      method: 'MOVE', headers: { Destination: url({ ...entry, name: name.value }) },
    }),
  });
  const dot = entry.name.lastIndexOf('.');
  name.setSelectionRange(0, entry.isFolder || dot < 1 ? entry.name.length : dot);
  if (!await ready || name.value === entry.name) return;
  unchoose([entry.name]);
  await showNew(name.value, land);
  say(`${quoted(entry.name)} is now ${quoted(name.value)}`);
}

const whole = (entries) => {
  const folders = entries.filter(({ isFolder }) => isFolder).length;
  return folders > 0 ? ' with all that is in it' : '';
};

/** Deletes entries, once somebody has said so. */
export async function remove(entries) {
  const land = fromHere();
  const what = entries.length === 1 ? quoted(entries[0].name)
    : count(entries.length, 'entry', 'entries');
  const sure = await inDialog({
    title: `Delete ${what}?`,
    content: [el('p', {}, `It goes into the history${whole(entries)}. `
      + `${mayUndo ? 'You can undo that, and later the' : 'The'} owner of the share can bring it `
      + 'back, for 30 days unless set otherwise.')],
    answers: [['Cancel', ''], ['Delete', 'delete', 'danger']],
  });
  if (!sure) return;
  const next = beside(new Set(entries.map(({ name }) => name)));
  const ended = entries.length > 20 ? notice(`Deleting ${what} …`) : () => {};
  const since = await serverTime();
  const { gone, faults } = await removeAll(entries);
  ended();
  unchoose(gone);
  forget(gone);
  land(next);
  const all = new Set(gone);
  if (all.size > 0) {
    const words = entries.length === all.size ? what : count(all.size, 'entry', 'entries');
    offerUndo(`${words} deleted`, entries.filter(({ name }) => all.has(name)), since);
  }
  if (faults.length === 0) return;
  notice(faults.length === 1 ? faults[0]
    : `${count(faults.length, 'entry', 'entries')} could not be deleted. ${faults[0]}`,
  { bad: true });
}

/** Four requests at a time; a name that is gone already counts as deleted. */
async function removeAll(entries) {
  const waiting = [...entries];
  const gone = [];
  const faults = [];
  const work = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      try {
        if (entry.isFolder && mayUndo) entry.inside = await foldersIn(entry.name);
        await ask(url(entry) + (entry.isFolder ? '?recursive' : ''), { method: 'DELETE' });
        gone.push(entry.name);
      } catch (error) {
        if (error instanceof Refused && error.code === 'missing') gone.push(entry.name);
        else faults.push(error.message);
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return { gone, faults };
}

/** Downloads what is chosen as an archive; all that there is by its own URL, without a list. */
export async function archive(kind, entries) {
  const { total, match } = state();
  const isWhole = !entries || (entries.length === total && !match);
  const names = isWhole ? [] : entries.map(({ name }) => name);
  const action = here.query({ archive: kind });
  if (names.length === 0) {
    el('a', { href: action, download: true }).click();
    return;
  }
  if (new URLSearchParams(names.map((name) => ['name', name])).toString().length > FORM) {
    notice('Too many names for one archive. Choose fewer, or take the whole folder with '
      + '“Download all”.', { bad: true });
    return;
  }
  const form = el('form', { method: 'post', action, hidden: true },
    ...names.map((name) => el('input', { type: 'hidden', name: 'name', value: name })));
  document.body.append(form);
  document.dispatchEvent(new Event('download'));
  form.submit();
  form.remove();
  say(`Downloading ${count(names.length, 'entry', 'entries')} as ${kind}`);
}
