// Writes tar archives (POSIX pax) as parts of a Blob: contents are never read into memory.

const BLOCK = 512;
const text = new TextEncoder();

/** `LENGTH key=value\n`, whose length counts itself. */
function record(key, value) {
  const rest = text.encode(` ${key}=${value}\n`).length;
  let length = rest + String(rest).length;
  if (String(length).length + rest > length) length++;
  return `${length} ${key}=${value}\n`;
}

const octal = (number, digits) => `${number.toString(8).padStart(digits, '0')}\0`;

/** What is the same in all blocks: no owner, the magic of ustar, blanks for the sum. */
const blank = new Uint8Array(BLOCK);
const put = (bytes, at, value) => text.encodeInto(value, bytes.subarray(at));
put(blank, 108, octal(0, 7) + octal(0, 7));
put(blank, 148, ' '.repeat(8));
put(blank, 257, 'ustar\x0000');

function block({ name, size, seconds, type, mode }) {
  const bytes = blank.slice();
  put(bytes, 0, name);
  put(bytes, 100, octal(mode, 7));
  put(bytes, 124, octal(size, 11) + octal(seconds, 11));
  put(bytes, 156, type);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  put(bytes, 148, `${octal(sum, 6)} `);
  return bytes;
}

const padded = (size) => Math.ceil(size / BLOCK) * BLOCK;

/** What goes before a member whose name no block can hold, or whose time is finer than seconds. */
function extension(path, modified) {
  const records = [];
  if (!FITS.test(path)) records.push(record('path', path));
  if (modified % 1000 > 0) records.push(record('mtime', (modified / 1000).toFixed(3)));
  return text.encode(records.join(''));
}

const FITS = /^[ -~]{1,100}$/;

/** The blocks before a member's content. */
function head({ path, file }) {
  const name = file ? path : `${path}/`;
  const modified = Math.max(0, file?.lastModified ?? Date.now());
  const seconds = Math.floor(modified / 1000);
  const more = extension(name, modified);
  const own = block({
    name: FITS.test(name) ? name : 'see-pax-header', size: file?.size ?? 0, seconds,
    type: file ? '0' : '5', mode: file ? 0o644 : 0o755,
  });
  if (more.length === 0) return own;
  const bytes = new Uint8Array(BLOCK + padded(more.length) + BLOCK);
  bytes.set(block({ name: 'pax', size: more.length, seconds, type: 'x', mode: 0o644 }));
  bytes.set(more, BLOCK);
  bytes.set(own, bytes.length - BLOCK);
  return bytes;
}

/**
 * An archive. It has few parts for its many members: a browser takes long to put parts together.
 * @param {{path: string, file: ?File}[]} members a folder has no file
 */
export function archiveOf(members) {
  const parts = [];
  let padding = 0;
  const add = (bytes) => {
    const whole = new Uint8Array(padding + bytes.length);
    whole.set(bytes, padding);
    parts.push(whole);
    padding = 0;
  };
  for (const member of members) {
    add(head(member));
    if (!member.file) continue;
    parts.push(member.file);
    padding = padded(member.file.size) - member.file.size;
  }
  add(new Uint8Array(2 * BLOCK));
  return new Blob(parts);
}
