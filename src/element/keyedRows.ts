/**
 * @module
 * keyedRows: a list whose rows stay the same elements while what they stand for is the same, so that
 * focus and open details outlive an update.
 */
import { arrange } from './arrange.ts';

export interface Row<T> {
  element: HTMLElement;
  fill: (one: T) => void;
}

/** @returns what fills `parent` with a row each; a row is made once for each key. */
export function keyedRows<T>(
  parent: Element,
  keyOf: (one: T) => string,
  make: (key: string) => Row<T>,
): (all: readonly T[]) => void {
  let rows = new Map<string, Row<T>>();
  return (all) => {
    const next = new Map<string, Row<T>>();
    for (const one of all) {
      const key = keyOf(one);
      const row = rows.get(key) ?? make(key);
      row.fill(one);
      next.set(key, row);
    }
    rows = next;
    const wanted = Array.from(rows.values(), ({ element }) => element);
    arrange(parent, [...parent.children], wanted);
  };
}
