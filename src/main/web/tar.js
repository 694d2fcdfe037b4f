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

function block({ name, size, seconds, type, mode }) {
  const bytes = new Uint8Array(BLOCK);
  const put = (at, value) => bytes.set(text.encode(value), at);
  put(0, name);
  put(100, octal(mode, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(size, 11));
  put(136, octal(seconds, 11));
  put(148, ' '.repeat(8));
  put(156, type);
  put(257, 'ustar\x0000');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  put(148, `${octal(sum, 6)} `);
  return bytes;
}

const padding = (size) => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);

/** A name that one block can't hold, and a time finer than seconds, go before it. */
function extended(path, modified) {
  const records = [];
  if (path.length > 100 || /[^ -~]/.test(path)) records.push(record('path', path));
  if (modified % 1000 > 0) records.push(record('mtime', (modified / 1000).toFixed(3)));
  return text.encode(records.join(''));
}

/**
 * The parts of an archive.
 * @param {{path: string, file: ?File}[]} members a folder has no file
 */
export function archiveOf(members) {
  const parts = [];
  for (const { path, file } of members) {
    const name = file ? path : `${path}/`;
    const modified = Math.max(0, file?.lastModified ?? Date.now());
    const seconds = Math.floor(modified / 1000);
    const more = extended(name, modified);
    const short = /^[ -~]{1,100}$/.test(name) ? name : 'see-pax-header';
    if (more.length > 0) {
      parts.push(block({ name: 'pax', size: more.length, seconds, type: 'x', mode: 0o644 }),
        more, padding(more.length));
    }
    const size = file?.size ?? 0;
    parts.push(file ? block({ name: short, size, seconds, type: '0', mode: 0o644 })
      : block({ name: short, size, seconds, type: '5', mode: 0o755 }));
    if (file) parts.push(file, padding(size));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return new Blob(parts);
}
