// Two ways to the server: one file by tus, which goes on where it was; many small ones as tar.
import { Refused, sessionOver, unreachable } from './ask.js';
import { checksum } from './checksum.js';
import { here } from './here.js';
import { archiveOf } from './tar.js';

export const UPLOADS = '/.privateshare/uploads';

const CHUNK = 32 << 20;

/** Loads tus-js-client, once. */
async function library() {
  if (!globalThis.tus) await import(`${here.assets}tus.js`);
  return globalThis.tus;
}

/** A file that was changed or removed since it was chosen can't be read any more. */
async function requireReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Refused('unreadable', 'This file has changed or gone since it was chosen');
  }
}

/** Whether what the server has of an upload is the beginning of this file. */
async function isBeginning({ offset, digest }, file, progress) {
  return offset === 0 || digest === await checksum(file, offset, progress);
}

/** What tus-js-client says went wrong, as the server's refusal. */
function refusal(error) {
  const answer = error.originalResponse;
  if (!answer) return unreachable();
  if (answer.getStatus() === 401) sessionOver();
  return Refused.of(answer.getStatus(), answer.getBody());
}

const metadata = (item, path) => ({
  path: decodeURIComponent(here.folder).slice(1) + path,
  mtime: item.file.lastModified,
  ...(item.replace ? { replace: 'true' } : {}),
});

/**
 * Sends one file. What is already there of it is in `item.offer`; `item.url` is set as soon as
 * there is something to go on with.
 * @param {object} item of the queue
 * @param {{progress: (sent: number) => void, stage: (name: string) => void}} report
 * @returns {{done: Promise<void>, stop: () => void}} `done` never settles once it was stopped
 */
export function sendFile(item, { progress, stage }) {
  let upload = null;
  let stopped = false;
  const run = async (resolve, reject) => {
    const tus = await library();
    if (item.offer) {
      stage('comparing');
      const same = await isBeginning(item.offer, item.file, progress);
      if (same) item.url = `${UPLOADS}/${item.offer.id}`;
      item.offer = null;
    }
    if (stopped) return;
    stage('sending');
    upload = new tus.Upload(item.file, {
      // Going on is going on: whoever has a URL must not begin anew behind our back.
      endpoint: item.url ? null : UPLOADS,
      uploadUrl: item.url,
      chunkSize: CHUNK,
      retryDelays: null,
      storeFingerprintForResuming: false,
      headers: { Accept: 'application/problem+json' },
      metadata: metadata(item, item.path),
      onUploadUrlAvailable() { item.url = upload.url; },
      onProgress(sent) {
        progress(sent);
        stage(sent >= item.size ? 'checking' : 'sending');
      },
      onSuccess: () => resolve(),
      onError: (error) => requireReadable(item.file).then(() => reject(refusal(error)), reject),
    });
    upload.start();
  };
  return {
    done: new Promise((resolve, reject) => { run(resolve, reject).catch((error) => {
      requireReadable(item.file)
        .then(() => reject(error instanceof Refused ? error : unreachable()), reject);
    }); }),
    stop() {
      stopped = true;
      upload?.abort();
    },
  };
}

/** Reads lines of JSON from an answer while it comes. */
function lineReader(take) {
  let read = 0;
  return (text) => {
    for (let end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
      take(JSON.parse(text.slice(read, end)));
      read = end + 1;
    }
  };
}

/** The archive didn't get through; where a file of ours can't be read, that one is to blame. */
async function blame(items, receipt, reject) {
  for (const item of items) {
    try {
      if (item.file) await requireReadable(item.file);
    } catch (error) {
      receipt(item, { result: 'refused', error });
    }
  }
  reject(unreachable());
}

/**
 * Sends many small files as one archive. `receipt` gets what the server says of each, as it says
 * it; `done` rejects where the archive didn't come through whole: what has no receipt then is not
 * there.
 * @param {object[]} items
 * @param {{progress: Function, stage: Function, receipt: Function}} report
 */
export function sendMany(items, { progress, stage, receipt }) {
  const body = archiveOf(items);
  const request = new XMLHttpRequest();
  const query = items[0].replace ? '?unpack=tar&replace' : '?unpack=tar';
  const share = items.reduce((sum, { size }) => sum + size, 0) / body.size;
  const left = [...items];
  let ending = null;
  const read = lineReader((line) => {
    if (line.end || line.error) ending = line;
    else receipt(left.shift(), line);
  });
  request.open('PUT', here.folder + query);
  request.setRequestHeader('Accept', 'application/x-ndjson, application/problem+json');
  request.upload.onprogress = ({ loaded }) => progress(loaded * share);
  request.upload.onload = () => stage('checking');
  request.onprogress = () => request.status === 200 && read(request.responseText);
  stage('sending');
  return {
    done: new Promise((resolve, reject) => {
      request.onload = () => {
        if (request.status === 401) sessionOver();
        if (request.status !== 200) {
          reject(Refused.of(request.status, request.responseText));
          return;
        }
        read(request.responseText);
        if (ending?.end) resolve();
        else if (ending) reject(new Refused(ending.error.code, ending.error.detail));
        else reject(unreachable());
      };
      request.onerror = () => blame(left, receipt, reject);
      request.send(body);
    }),
    stop: () => request.abort(),
  };
}
