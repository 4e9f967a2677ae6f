/**
 * @module
 * The shop's own basket, in the shop's own localStorage. It is no part of Sotto: a shop would hold
 * it on its server, and `sotto.forget()` leaves it alone.
 */

const KEY = 'tissue-and-twine.basket';

export interface BasketLine {
  itemId: string;
  quantity: number;
}

const watchers = new Set<() => void>();

export function basketLines(): BasketLine[] {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(stored) ? stored.filter(isLine) : [];
  } catch {
    return [];
  }
}

export function basketCount(): number {
  return basketLines().reduce((sum, line) => sum + line.quantity, 0);
}

/** @param quantity - 0 takes the item out. */
export function setQuantity(itemId: string, quantity: number): void {
  const lines = basketLines().filter((line) => line.itemId !== itemId);
  save(quantity > 0 ? [...lines, { itemId, quantity }] : lines);
}

export function addToBasket(itemId: string): void {
  const held = basketLines().find((line) => line.itemId === itemId)?.quantity ?? 0;
  setQuantity(itemId, held + 1);
}

export function emptyBasket(): void {
  save([]);
}

/** Also hears of changes made in other tabs. */
export function onBasketChange(watcher: () => void): void {
  watchers.add(watcher);
  addEventListener('storage', (event) => {
    if (event.key === KEY) watcher();
  });
}

function save(lines: readonly BasketLine[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(lines));
  } catch {
    // Storage refused: the basket then lasts as long as nothing, and the shop still opens.
  }
  for (const watcher of watchers) watcher();
}

function isLine(value: unknown): value is BasketLine {
  const line = value as Partial<BasketLine> | null;
  return typeof line?.itemId === 'string' && Number.isInteger(line.quantity);
}
