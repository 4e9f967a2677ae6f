/**
 * @module
 * What the page's attributes say: which item an element stands for, in which list, at which place.
 * Open shadow trees are looked into and out of, as if the page were one tree.
 */

export const ITEM = 'data-sotto-item';
export const ACTION = 'data-sotto-action';
export const LIST = 'data-sotto-list';
export const VIEW = 'data-sotto-view';
export const IGNORE = 'data-sotto-ignore';

export interface ItemPlace {
  itemId: string;
  listId: string | undefined;
  /** Index among the items of the list, from 0. */
  position: number | undefined;
}

/** As `closest`, but out of shadow trees too. */
export function closestOf(element: Element, attribute: string): Element | null {
  const found = element.closest(`[${attribute}]`);
  const { host } = element.getRootNode() as Partial<ShadowRoot>;
  return found ?? (host ? closestOf(host, attribute) : null);
}

/** The item that `element` carries; null when it carries none, or is in a part to leave alone. */
export function placeOf(element: Element): ItemPlace | null {
  const itemId = element.getAttribute(ITEM);
  if (!itemId || closestOf(element, IGNORE)) return null;
  const list = closestOf(element, LIST);
  const listId = list?.getAttribute(LIST) || undefined;
  // No position: no list, or list and item stand on one element.
  const position = listId ? positionsIn(list!, element).get(element) : undefined;
  return { itemId, listId, position };
}

type Positions = WeakMap<Element, ReadonlyMap<Element, number>>;

/**
 * By list, without and with the items that stand in shadow trees of it. Looking through a long one for
 * each of its items would cost its length squared.
 */
let [shallow, deep]: Positions[] = fresh();

function fresh(): Positions[] {
  return [new WeakMap(), new WeakMap()];
}

/** To be called whenever elements or attributes have changed. */
export function forgetPositions(): void {
  [shallow, deep] = fresh();
}

/** The items of a list in their order; into shadow trees only where `wanted` stands in one. */
function positionsIn(list: Element, wanted: Element): ReadonlyMap<Element, number> {
  const isShallow = list.contains(wanted);
  const cache = isShallow ? shallow : deep;
  let known = cache.get(list);
  if (!known?.has(wanted)) {
    const items = isShallow ? [...list.querySelectorAll(`[${ITEM}]`)] : itemsIn(list);
    known = new Map(items.map((item, position) => [item, position]));
    cache.set(list, known);
  }
  return known;
}

function itemsIn(list: Element | ShadowRoot): Element[] {
  return [...list.querySelectorAll('*')].flatMap((element) => [
    ...(element.hasAttribute(ITEM) ? [element] : []),
    ...(element.shadowRoot ? itemsIn(element.shadowRoot) : []),
  ]);
}
