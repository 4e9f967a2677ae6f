/**
 * @module
 * The connection `structuredData`: the item that the page is about, from schema.org Product.
 */
import type { Connection } from './types.ts';
import { createStructuredItem } from './structuredItem.ts';

export const connectStructuredData: Connection<true> = (host) => {
  const read = createStructuredItem(document, host.warn);
  let told: string | null = null;
  /** What said it last, and what it said. */
  let last: [Element, string] | undefined;
  /** What the page before has left standing: it says nothing of this one. */
  let stale: [Element, string] | undefined;

  const look = () => {
    last = [...read()].at(0);
    if (last?.[0] !== stale?.[0] || last?.[1] !== stale?.[1]) stale = undefined;
    const itemId = last && !stale ? last[1] : null;
    // Only what is new: telling it makes the page look again.
    if (itemId !== told) host.setPageItem((told = itemId));
  };
  host.onPage((change) => {
    if (change === 'changed') return look();
    told = null;
    if (change === 'navigated') stale = last;
  });
  look();
};
