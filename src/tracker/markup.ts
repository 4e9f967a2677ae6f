/**
 * @module
 * What the page's attributes say: which item an element stands for, in which list, at which place.
 */

export const ITEM = 'data-sotto-item';
export const ACTION = 'data-sotto-action';
export const LIST = 'data-sotto-list';
export const VIEW = 'data-sotto-view';
export const IGNORE = 'data-sotto-ignore';

export interface ItemPlace {
  itemId: string;
  listId?: string;
  /** Index among the items of the list, from 0. */
  position?: number;
}

/** The item that `element` carries; null when it carries none, or is in a part to leave alone. */
export function placeOf(element: Element): ItemPlace | null {
  const itemId = element.getAttribute(ITEM);
  if (!itemId || element.closest(`[${IGNORE}]`)) return null;
  const list = element.closest(`[${LIST}]`);
  const listId = list?.getAttribute(LIST);
  if (!list || !listId) return { itemId };
  const position = [...list.querySelectorAll(`[${ITEM}]`)].indexOf(element);
  // -1: list and item stand on one element.
  return position < 0 ? { itemId, listId } : { itemId, listId, position };
}
