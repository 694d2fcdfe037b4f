// How fast something goes, and how long it will take.
import { size } from './amounts.js';

/** Two looks within so many seconds are one. */
const SHORTEST = 0.25;

/** Tells bytes a second of a number of bytes that grows, weighing the last ten seconds or so. */
export function meter() {
  let rate = 0;
  let before = null;
  return (sent) => {
    const now = Date.now();
    before ??= { sent, at: now };
    const seconds = (now - before.at) / 1000;
    if (seconds < SHORTEST) return rate;
    const latest = Math.max(0, sent - before.sent) / seconds;
    rate = rate === 0 ? latest : rate + (latest - rate) * Math.min(1, seconds / 5);
    before = { sent, at: now };
    return rate;
  };
}

/** `4 s`, `3 min`, `2 h 5 min`. */
function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `3.2 MiB/s` and `2 min left`, or nothing where nothing moves. */
export function pace(tell, sent, all) {
  const rate = tell(sent);
  if (rate < 1 || sent >= all) return [];
  return [`${size(Math.round(rate))}/s`, `${duration((all - sent) / rate)} left`];
}
