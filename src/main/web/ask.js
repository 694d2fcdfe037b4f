// Requests to the server, and its refusals as sentences that say what to do.

const ADVICE = {
  'bad-name': 'Choose another name.',
  denied: 'Your key does not allow that.',
  missing: 'It may have been moved or removed meanwhile: reload the page.',
  taken: 'Choose another name.',
  'no-folder': 'The folder around it is gone: reload the page.',
  'not-empty': 'Something came in meanwhile: look again, then delete it again.',
  'no-space': 'The server has no room left. Free some, then try again.',
  'too-large': 'This share takes no file of that size.',
  'no-key': 'Sign in again.',
  throttled: 'Wait a minute, then try again.',
  'too-many': 'Finish or cancel some of the unfinished uploads first.',
  unavailable: 'Try again in a moment.',
  failed: 'Look whether it was done before you try again.',
  mismatch: 'The file changed while it was sent. Try again.',
  unreadable: 'Choose it again.',
  unreachable: 'Check your connection, then try again.',
};

/** For answers without a body that says it: those to HEAD, and those of a proxy. */
const BY_STATUS = {
  401: 'no-key', 403: 'denied', 404: 'missing', 410: 'gone', 413: 'too-large', 423: 'busy',
  429: 'throttled', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable',
};

/** What the server said no to. `code` is one of docs/http.md's, or `unreachable`. */
export class Refused extends Error {
  constructor(code, detail, status = 0) {
    super(`${sentence(detail)} ${ADVICE[code] ?? 'Try again.'}`);
    this.code = code;
    this.status = status;
  }

  /** Made of the body of an answer, which is problem+json or anything at all. */
  static of(status, body) {
    let problem = {};
    try {
      problem = JSON.parse(body);
    } catch {
      // Something between the server and here has answered.
    }
    const code = problem.code ?? BY_STATUS[status] ?? 'failed';
    return new Refused(code, problem.detail ?? `The server answered ${status}`, status);
  }
}

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;

/** The server can't be reached now. */
export const unreachable = () => new Refused('unreachable', 'The server cannot be reached');

/** Tells the page that its session is over. */
export const sessionOver = () => document.dispatchEvent(new Event('session-over'));

/**
 * A request of this page.
 * @throws {Refused} for anything but success; AbortError passes through.
 */
export async function ask(url, { headers = {}, ...rest } = {}) {
  let answer;
  try {
    answer = await fetch(url, { ...rest, headers: { Accept: 'application/json', ...headers } });
  } catch (error) {
    throw error.name === 'AbortError' ? error : unreachable();
  }
  if (answer.status === 401) sessionOver();
  if (!answer.ok) throw Refused.of(answer.status, await answer.text());
  return answer;
}
