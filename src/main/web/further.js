// Further rows as one scrolls, of a folder with more than a page of them. Pages that are far away
// keep only their height.
import { el, find } from './dom.js';
import { addPage, changed, fetchPage, pages, row, settle, state, whileBusy } from './rows.js';

/** So many pages stay whole. */
const WHOLE = 6;

const watch = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const page = pages.find(({ body }) => body === target);
    if (!page) continue;
    page.near = isIntersecting;
    if (isIntersecting && page.folded) unfold(page);
  }
  if (pages.filter(({ folded }) => !folded).length > WHOLE) pages.forEach(fold);
}, { rootMargin: '4000px' });

function fold(page) {
  if (page.near || page.folded || page.body.contains(document.activeElement)) return;
  const gap = el('td', { colspan: 4 });
  gap.style.height = `${page.body.offsetHeight}px`;
  page.body.replaceChildren(el('tr', { class: 'gap', 'aria-hidden': 'true' }, gap));
  page.folded = true;
}

async function unfold(page) {
  page.folded = false;
  try {
    const { entries } = await fetchPage(page.cursor);
    page.body.replaceChildren(...entries.map(row));
    changed();
  } catch {
    page.folded = true;
  }
}

/** Brings the rows of the first page back where they were folded away. */
export async function top() {
  if (pages[0]?.folded) await unfold(pages[0]);
}

/** Appends the next page. Resolves to whether there was one. */
export async function more() {
  const { next, isBusy } = state();
  if (next == null || isBusy) return false;
  let isNext = false;
  await whileBusy(async () => {
    const page = await fetchPage(next);
    // Another order or filter may have come meanwhile.
    isNext = state().next === next;
    if (!isNext) return;
    addPage(page.entries, next);
    settle(page);
  });
  return isNext;
}

const watchPages = () => pages.forEach(({ body }) => watch.observe(body));

let end = null;

/** Begins to look where one is; `failed` gets what goes wrong. */
export function startScrolling(failed) {
  if (end) return;
  const tail = find('.more');
  end = new IntersectionObserver(async (seen) => {
    if (!seen.at(-1).isIntersecting || !await more().catch(failed)) return;
    // Looked at anew: whoever has scrolled on already sees the end as before, which is no news.
    end.unobserve(tail);
    end.observe(tail);
  }, { rootMargin: '1500px' });
  end.observe(tail);
  watchPages();
  document.addEventListener('rows', watchPages);
}
