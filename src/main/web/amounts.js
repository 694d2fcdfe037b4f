// Sizes, numbers and times for a person's eyes.

const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const numbers = new Intl.NumberFormat('en');
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** `9 bytes`, `1.5 KiB`. */
export function size(bytes) {
  if (bytes < 1024) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** `1,203`. */
export const number = (value) => numbers.format(value);

/** `1 file`, `1,203 files`. */
export const count = (value, one, many = `${one}s`) =>
  `${numbers.format(value)} ${value === 1 ? one : many}`;

/** A moment in ISO 8601 or milliseconds, in the reader's own zone and manner; as it is if odd. */
export const when = (moment) => {
  const date = new Date(moment);
  return Number.isNaN(date.valueOf()) ? String(moment) : moments.format(date);
};
