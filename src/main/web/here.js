// What the server says of this page: where it is, what its key may, where the scripts lie.

const { folder, rights, assets, link } = document.body.dataset;

export const here = {
  /** The key of the link that the page was opened with, or undefined. */
  link,
  /** The folder's URL path, with a slash at its end. */
  folder,
  assets,
  may: new Set(rights?.split(' ')),
  /** `?sort=name` of the parameters, with the key of a link where the page has come by one. */
  query(parameters) {
    const all = Object.entries(parameters).filter(([, value]) => value !== '' && value != null);
    return `?${new URLSearchParams(link ? [...all, ['key', link]] : all)}`.replace(/^\?$/, '');
  },
  /** The URL of an entry of this folder. */
  url: (name, isFolder) =>
    `${folder}${encodeURIComponent(name)}${isFolder ? '/' : ''}${here.query({})}`,
};

const LETTERS = 'letters';

/** Whether single letters are short cuts in the list; the browser remembers. */
export const letters = {
  get on() { return localStorage.getItem(LETTERS) !== 'off'; },
  set on(on) { localStorage.setItem(LETTERS, on ? 'on' : 'off'); },
};
