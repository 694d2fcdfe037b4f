// CRC-32C (RFC 9260, appendix A) of the beginning of a file, a little at a time.

const STEP = 1 << 20;
const tables = Array.from({ length: 8 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0x82f63b78 : 0);
  tables[0][byte] = value;
}
for (let byte = 0; byte < 256; byte++) {
  for (let n = 1; n < 8; n++) {
    const before = tables[n - 1][byte];
    tables[n][byte] = (before >>> 8) ^ tables[0][before & 255];
  }
}

/** Eight bytes a step ("slicing by 8"). */
function update(crc, bytes) {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = tables;
  let at = 0;
  for (const end = bytes.length - 7; at < end; at += 8) {
    const low = crc ^ (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)
      | (bytes[at + 3] << 24));
    crc = t7[low & 255] ^ t6[(low >>> 8) & 255] ^ t5[(low >>> 16) & 255] ^ t4[low >>> 24]
      ^ t3[bytes[at + 4]] ^ t2[bytes[at + 5]] ^ t1[bytes[at + 6]] ^ t0[bytes[at + 7]];
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ t0[(crc ^ bytes[at]) & 255];
  return crc;
}

/**
 * The sum of the first `length` bytes as the server writes it. The page stays alive meanwhile:
 * it is reading that takes the time, and a step of the sum a few milliseconds.
 * @param {(done: number) => void} progress
 */
export async function checksum(file, length, progress = () => {}) {
  let crc = -1;
  for (let at = 0; at < length; at += STEP) {
    const end = Math.min(at + STEP, length);
    crc = update(crc, new Uint8Array(await file.slice(at, end).arrayBuffer()));
    progress(end);
  }
  return `crc32c:${((crc ^ -1) >>> 0).toString(16).padStart(8, '0')}`;
}
