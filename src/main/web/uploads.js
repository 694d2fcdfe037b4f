// Uploads from beginning to end: takes files, asks about taken names, offers what was cut off, says
// how it goes, and brings the table up to date.
import { count, number, size, when } from './amounts.js';
import { ask } from './ask.js';
import { refresh } from './changes.js';
import { ask as inDialog } from './dialog.js';
import { button, el, find, notice, quoted, say } from './dom.js';
import { gather } from './gather.js';
import { here } from './here.js';
import {
  add, answer, discard, having, isBusy, isOurs, mayReplace, pump, queue, urlOf,
} from './queue.js';
import { offers, draw, panel, reading, startDrawing } from './queueview.js';
import { load, rows } from './rows.js';

/** So many files are put into the queue at a time while folders are walked. */
const GROUP = 500;

const unfinished = new Map();
const base = decodeURIComponent(here.folder).slice(1);

function chooser(attributes, take) {
  const input = el('input', { type: 'file', hidden: true, ...attributes });
  input.addEventListener('change', () => take([...input.files]));
  input.click();
}

export const chooseFiles = async () => chooser({ multiple: true }, take);
export const chooseFolder = async () => chooser({ webkitdirectory: true }, take);

/** Puts dropped, chosen or pasted things into the queue. */
export async function take(things) {
  let group = [];
  let found = 0;
  let hidden = 0;
  reading.text = 'Looking for files';
  draw();
  try {
    for await (const thing of gather(things)) {
      if (thing.hidden) {
        hidden++;
        continue;
      }
      group.push(withOffer(thing));
      if (++found % GROUP === 0) {
        add(group);
        group = [];
        reading.text = `Looking for files, ${number(found)} so far`;
        await new Promise((resolve) => { setTimeout(resolve); });
      }
    }
  } catch {
    notice('A folder could not be read to its end. Try again with that folder.', { bad: true });
  }
  reading.text = '';
  add(group);
  if (found > 0) say(`Uploading ${count(found, 'file')}`);
  if (hidden > 0) notice(`${count(hidden, 'hidden file')} left out.`);
}

/** A picture that no file was made of has this name, and came into being now. */
const isPicture = ({ name, lastModified }) =>
  name === 'image.png' && Date.now() - lastModified < 60_000;

/** Takes what was pasted; pictures are called by the moment, so that each has a name of its own. */
export function paste(files) {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.');
  return take(files.map((file) => (isPicture(file)
    ? new File([file], `Pasted ${day} at ${time}.png`, file) : file)));
}

/** The same name and size as what was cut off: it goes on there, if its bytes agree. */
function withOffer(thing) {
  const offer = unfinished.get(base + thing.path);
  if (!offer || offer.length !== thing.file?.size) return thing;
  forgetOffer(offer);
  return { ...thing, offer };
}

function forgetOffer(offer) {
  unfinished.delete(offer.path);
  offers.delete(`offer${offer.id}`);
}

/** Offers to go on with uploads that were cut off, but for those that this page is at. */
export async function offer(uploads) {
  for (const upload of uploads.filter((each) => each.length != null && !isOurs(each))) {
    unfinished.set(upload.path, upload);
    offers.set(`offer${upload.id}`, (key, row) => row(key, {
      name: upload.path.slice(base.length),
      state: 'offer',
      text: `${size(upload.offset)} of ${size(upload.length)} are here. `
        + 'Choose or drop the same file to go on.',
      value: upload.offset / upload.length,
      buttons: () => offerButtons(upload),
    }));
  }
  if (offers.size === 0) return;
  draw();
  say(`${count(offers.size, 'unfinished upload')}: choose the same files again to go on`);
}

function offerButtons(upload) {
  const name = upload.path.slice(base.length);
  const choose = button('Choose file', () => chooser({}, ([file]) => {
    if (file.size !== upload.length) {
      notice(`${quoted(file.name)} is another file: it has ${size(file.size)}, and the unfinished one `
        + `${size(upload.length)}. Choose the same file again.`, { bad: true });
      return;
    }
    forgetOffer(upload);
    add([{ path: name, file, offer: upload }]);
  }), 'quiet');
  const away = button('Discard', () => {
    forgetOffer(upload);
    discard(urlOf(upload));
    draw();
  }, 'quiet');
  choose.setAttribute('aria-label', `Choose file: ${name}`);
  away.setAttribute('aria-label', `Discard: ${name}`);
  return [choose, away];
}

const ANSWERS = {
  rename: ['Keep both', 'rename', 'primary'],
  replace: ['Replace', 'replace'],
  skip: ['Skip', 'skip'],
};

let asking = false;

/** Which of the two is which, where what is there is in the table. */
function comparison({ path, file }) {
  const there = rows().find(({ dataset }) => dataset.name === path)?.dataset;
  if (!there?.size || !file) return [];
  return [el('dl', {},
    el('dt', {}, 'There'), el('dd', {}, `${size(Number(there.size))}, ${when(there.modified)}`),
    el('dt', {}, 'Yours'), el('dd', {}, `${size(file.size)}, ${when(file.lastModified)}`))];
}

/** Asks what to do with a taken name; those that come meanwhile are asked for next. */
async function askAboutTaken() {
  if (asking) return;
  asking = true;
  for (let item = unasked(); item; item = unasked()) {
    item.asked = true;
    const all = el('input', { type: 'checkbox' });
    const what = await inDialog({
      title: `${quoted(item.path)} is there already`,
      content: [
        el('p', {}, mayReplace ? 'Keep both under two names, replace what is there (it goes into '
          + 'the history), or skip this file?' : 'Keep both under two names, or skip this file?'),
        ...comparison(item),
        el('label', {}, all, 'The same for all others')],
      focus: 'rename',
      answers: [ANSWERS.skip, ...(mayReplace ? [ANSWERS.replace] : []), ANSWERS.rename],
    });
    if (!what) continue;
    if (all.checked) queue.policy = what;
    for (const each of all.checked ? having('taken') : [item]) {
      if (each.state === 'taken') answer(each, what);
    }
    pump();
  }
  asking = false;
}

const unasked = () => having('taken').find(({ asked }) => !asked);

let shownDone = 0;
let lastFailed = 0;
let quarter = 0;

/** Says each quarter of the way, for those who can't see it. */
function sayProgress(idle) {
  const now = idle ? 0 : Math.floor(find('progress', panel).value * 4);
  if (now > quarter) say(`${now * 25} % uploaded`);
  quarter = now;
}

/** Says failures, and the end; brings the table up to date now and then. */
async function follow() {
  const done = having('done').length;
  const failed = having('failed');
  const idle = !isBusy();
  sayProgress(idle);
  if (failed.length > lastFailed) say(`${quoted(failed.at(-1).path)} failed: ${failed.at(-1).why}`);
  lastFailed = failed.length;
  if (done < shownDone) shownDone = done;
  if (done === shownDone) return;
  shownDone = done;
  await showNew(idle);
  if (!idle) return;
  say(`${count(done, 'file')} uploaded${failed.length > 0 ? `, ${failed.length} failed` : ''}`);
  const space = find('.space');
  if (!space) return;
  const { free } = await (await ask('/.privateshare/session')).json();
  if (free != null) space.textContent = `${size(free)} free`;
}

let offered = false;

async function showNew(idle) {
  if (await refresh() || !idle || offered) return null;
  offered = true;
  return notice('The new files are in the folder.', { action: ['Show them', () => {
    offered = false;
    scrollTo(0, 0);
    load();
  }] });
}

let downloading = 0;

find('.dock').append(panel);
queue.taken = () => askAboutTaken();
startDrawing();
setInterval(() => follow().catch(() => {}), 1500);
document.addEventListener('download', () => { downloading = Date.now(); });
addEventListener('beforeunload', (event) => {
  if (isBusy() && Date.now() - downloading > 1000) event.preventDefault();
});
