// Finds the files in what was dropped, chosen or pasted; folders are walked.

const isHidden = (path) => path.split('/').some((name) => name.startsWith('.'));

const got = (ask) => new Promise((resolve, reject) => { ask(resolve, reject); });

/** A reader gives a part of a folder at each call, and nothing when all was given. */
async function* children(folder) {
  const reader = folder.createReader();
  for (;;) {
    const some = await got((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    yield* some;
  }
}

async function* walk(entry, path) {
  if (entry.isFile) {
    yield { path, file: await got((resolve, reject) => entry.file(resolve, reject)) };
    return;
  }
  let isEmpty = true;
  for await (const child of children(entry)) {
    isEmpty = false;
    yield* walk(child, `${path}/${child.name}`);
  }
  if (isEmpty) yield { path, file: null };
}

/**
 * Files with their paths from this folder on, in the one spelling of names that the server takes.
 * Empty folders come without a file, what begins with a dot as `hidden`.
 * @param {(FileSystemEntry|File)[]} things
 */
export async function* gather(things) {
  for (const thing of things.filter(Boolean)) {
    const found = thing instanceof File
      ? [{ path: thing.webkitRelativePath || thing.name, file: thing }] : walk(thing, thing.name);
    for await (const { path, file } of found) {
      yield { path: path.normalize('NFC'), file, hidden: isHidden(path) };
    }
  }
}
