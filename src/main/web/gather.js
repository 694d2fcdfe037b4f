// Finds the files in what was dropped, chosen or pasted; folders are walked.

const isHidden = (path) => path.split('/').some((name) => name.startsWith('.'));

const got = (ask) => new Promise((resolve, reject) => { ask(resolve, reject); });

const isFile = ({ isFile: file }) => file;

const fileOf = (entry, path) => got((resolve, reject) => entry.file(resolve, reject))
  .then((file) => ({ path: `${path}${entry.name}`, file }));

/** A reader gives a part of a folder at each call, and nothing when all was given. */
async function* walk(folder, path) {
  const reader = folder.createReader();
  for (let isEmpty = true; ; isEmpty = false) {
    const some = await got((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      if (isEmpty) yield { path, file: null };
      return;
    }
    yield* await Promise.all(some.filter(isFile).map((entry) => fileOf(entry, `${path}/`)));
    for (const each of some) {
      if (!each.isFile) yield* walk(each, `${path}/${each.name}`);
    }
  }
}

async function* found(thing) {
  if (thing instanceof File) yield { path: thing.webkitRelativePath || thing.name, file: thing };
  else if (thing.isFile) yield await fileOf(thing, '');
  else yield* walk(thing, thing.name);
}

/**
 * Files with their paths from this folder on, in the one spelling of names that the server takes.
 * Empty folders come without a file, what begins with a dot as `hidden`.
 * @param {(FileSystemEntry|File)[]} things
 */
export async function* gather(things) {
  for (const thing of things.filter(Boolean)) {
    for await (const { path, file } of found(thing)) {
      yield { path: path.normalize('NFC'), file, hidden: isHidden(path) };
    }
  }
}
