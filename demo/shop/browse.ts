/**
 * @module
 * Browsing by department, with search, sorting and pages. The state stands in the address after
 * '#': links are ordinary and can be shared, yet what one browses for never reaches a server.
 */
import { card } from './card.ts';
import { loadCatalogue, type Catalogue, type Product } from './catalogue.ts';
import { find, h } from './dom.ts';
import { formatCount } from './format.ts';
import { loadLooks } from './looks.ts';
import { sotto } from './sotto.ts';

const PER_PAGE = 24;
/** The most that `rank` takes in one call. */
const MOST_RANKED = 1000;

const SORTS = {
  best: 'Best sellers',
  suits: 'What suits you',
  cheap: 'Price, low to high',
  title: 'Title, A to Z',
} as const;
type Sort = keyof typeof SORTS;

interface Wish {
  department: string;
  words: string;
  sort: Sort;
  /** From 1. */
  page: number;
}

export async function startBrowse(): Promise<void> {
  const catalogue = await loadCatalogue();
  const render = (): Promise<void> => show(catalogue, readWish());
  addEventListener('hashchange', () => {
    void render().then(() => find('#browse').scrollIntoView({ block: 'start' }));
  });
  await render();
  if (location.hash.startsWith('#browse')) find('#browse').scrollIntoView({ block: 'start' });
}

function readWish(): Wish {
  const query = new URLSearchParams(location.hash.replace(/^#browse\??/, ''));
  const sort = query.get('sort') ?? '';
  return {
    department: query.get('department') ?? '',
    words: query.get('q') ?? '',
    sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'best',
    page: Math.max(1, Math.floor(Number(query.get('page')) || 1)),
  };
}

function address(wish: Wish): string {
  const query = new URLSearchParams();
  if (wish.department) query.set('department', wish.department);
  if (wish.words) query.set('q', wish.words);
  if (wish.sort !== 'best') query.set('sort', wish.sort);
  if (wish.page > 1) query.set('page', String(wish.page));
  return `#browse?${query.toString()}`;
}

async function show(catalogue: Catalogue, wish: Wish): Promise<void> {
  const lookOf = await loadLooks();
  const found = await sorted(matching(catalogue.products, wish), wish.sort);
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const page = Math.min(wish.page, pages);
  const products = found.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  find('#departments').replaceChildren(
    ...[{ name: '', products: catalogue.products.length }, ...catalogue.departments].map((one) =>
      chip(one.name, one.products, wish),
    ),
  );
  find('#sorts').replaceChildren(
    ...(Object.keys(SORTS) as Sort[]).map((sort) =>
      link(SORTS[sort], { ...wish, sort, page: 1 }, sort === wish.sort),
    ),
  );
  // After a search from another page the field is a new one.
  find<HTMLInputElement>('#search input').value = wish.words;
  const wanted =
    `${wish.department ? ` in ${wish.department}` : ''}` +
    `${wish.words ? ` for “${wish.words}”` : ''}`;
  find('#browse-note').textContent =
    found.length === 0
      ? `No gifts${wanted}`
      : `${formatCount(found.length)} ${found.length === 1 ? 'gift' : 'gifts'}${wanted}` +
        (pages > 1 ? `, page ${page} of ${pages}` : '');
  find('#browse-list').replaceChildren(
    ...products.map((product) => card(product, lookOf(product.id))),
  );
  if (products.length === 0) {
    find('#browse-list').append(h('p', {}, 'Nothing by these words. Try fewer, or another way.'));
  }
  find('#pages').replaceChildren(
    ...(page > 1 ? [link('← Previous', { ...wish, page: page - 1 }, false, 'prev')] : []),
    ...nearby(page, pages).map((one) => link(String(one), { ...wish, page: one }, one === page)),
    ...(page < pages ? [link('Next →', { ...wish, page: page + 1 }, false, 'next')] : []),
  );
}

function chip(name: string, products: number, wish: Wish): HTMLElement {
  const element = link(
    name || 'Everything',
    { ...wish, department: name, page: 1 },
    name === wish.department,
  );
  element.append(h('small', {}, formatCount(products)));
  return element;
}

function link(text: string, wish: Wish, current: boolean, rel: string | null = null): HTMLElement {
  return h('a', { href: address(wish), rel, 'aria-current': current ? 'true' : null }, text);
}

/** First, last, and those around the page. */
function nearby(page: number, pages: number): number[] {
  const wanted = [1, page - 1, page, page + 1, pages];
  return [...new Set(wanted.filter((one) => one >= 1 && one <= pages))];
}

/** Every word must stand in the title or be the item's number. */
function matching(products: readonly Product[], wish: Wish): Product[] {
  const words = wish.words.toLowerCase().split(/\s+/).filter(Boolean);
  return products.filter(
    ({ id, title, department }) =>
      (!wish.department || department === wish.department) &&
      words.every((word) => title.toLowerCase().includes(word) || id.toLowerCase() === word),
  );
}

async function sorted(products: Product[], sort: Sort): Promise<Product[]> {
  const byBuyers = products.sort((a, b) => b.buyers - a.buyers || a.title.localeCompare(b.title));
  switch (sort) {
    case 'best':
      return byBuyers;
    case 'cheap':
      return byBuyers.sort((a, b) => (a.pricePounds ?? Infinity) - (b.pricePounds ?? Infinity));
    case 'title':
      return byBuyers.sort((a, b) => a.title.localeCompare(b.title));
    case 'suits': {
      const head = byBuyers.slice(0, MOST_RANKED);
      if (head.length === 0) return [];
      const places = new Map(
        (
          await sotto().rank(
            head.map((one) => one.id),
            { count: head.length },
          )
        ).map((one) => [one.itemId, one.rank]),
      );
      head.sort((a, b) => (places.get(a.id) ?? Infinity) - (places.get(b.id) ?? Infinity));
      return [...head, ...byBuyers.slice(MOST_RANKED)];
    }
  }
}
