/**
 * @module
 * A shelf of cards that can be set again: cards that stay move to their new places, new ones come
 * in and are marked. With `prefers-reduced-motion` the marks alone tell.
 */
import type { Recommendation } from 'sotto';
import { card, type CardExtras } from './card.ts';
import { loadCatalogue, type Product } from './catalogue.ts';
import { h } from './dom.ts';
import { keepPlace } from './keepPlace.ts';
import { loadLooks } from './looks.ts';

export interface ShelfChange {
  /** Not there before. Zero on the first setting. */
  added: number;
  /** In another place than before. */
  moved: number;
}

const MOVE_MS = 420;

/** What cards need: the metadata that came with each recommendation, and what the shop adds. */
export async function productsOf(list: readonly Recommendation[]): Promise<Product[]> {
  const { products, rowOf } = await loadCatalogue();
  return list.map(({ itemId, item }) => ({
    id: itemId,
    title: item.title ?? `Item ${itemId}`,
    pricePounds: item.price ?? null,
    department: item.categories?.[0] ?? 'Gifts',
    buyers: products[rowOf.get(itemId) ?? -1]?.buyers ?? 0,
  }));
}

/** @param list - the shelf; it keeps its own cards between calls. */
export async function setShelf(
  list: HTMLElement,
  products: readonly Product[],
  extras: CardExtras = {},
): Promise<ShelfChange> {
  const lookOf = await loadLooks();
  const before = new Map(
    [...list.querySelectorAll<HTMLElement>(':scope > .card')].map((element, place) => [
      element.dataset['sottoItem'] ?? '',
      { element, place, box: element.getBoundingClientRect() },
    ]),
  );
  const first = before.size === 0;
  // Nothing new to say: what the last change marked stays marked.
  if (!first && [...before.keys()].join('\n') === products.map(({ id }) => id).join('\n')) {
    return { added: 0, moved: 0 };
  }
  const change = { added: 0, moved: 0 };
  const cards = products.map((product, place) => {
    const known = before.get(product.id);
    const element = known?.element ?? card(product, lookOf(product.id), extras);
    element.querySelector('.mark')?.remove();
    if (!first && !known) {
      change.added++;
      element.append(h('span', { class: 'mark mark-new' }, 'New'));
    } else if (known && known.place !== place) {
      change.moved++;
      if (known.place > place) {
        element.append(h('span', { class: 'mark' }, `↑ ${known.place - place}`));
      }
    }
    return element;
  });
  const focused = document.activeElement;
  const back = list.contains(focused) ? keepPlace(focused) : null;
  list.replaceChildren(...cards);
  back?.();
  if (!first && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
    animate(cards, (itemId) => before.get(itemId)?.box);
  }
  return change;
}

function animate(
  cards: readonly HTMLElement[],
  boxOf: (itemId: string) => DOMRect | undefined,
): void {
  for (const [place, element] of cards.entries()) {
    const old = boxOf(element.dataset['sottoItem'] ?? '');
    const box = element.getBoundingClientRect();
    const from = old
      ? { transform: `translate(${old.x - box.x}px, ${old.y - box.y}px)` }
      : { opacity: 0, transform: 'translateY(18px) scale(.94)' };
    if (old && old.x === box.x && old.y === box.y) continue;
    element.animate([from, { opacity: 1, transform: 'none' }], {
      duration: MOVE_MS,
      delay: old ? 0 : place * 18,
      easing: 'cubic-bezier(.2, .8, .2, 1)',
      fill: 'backwards',
    });
  }
}
