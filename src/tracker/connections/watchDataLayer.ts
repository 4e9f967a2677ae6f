/**
 * @module
 * watchDataLayer: the e-commerce events that a site says in its data layer, past ones included.
 */
import type { TrackedEvent } from '../../events.ts';
import { watchEntries, type LayerHost } from './dataLayerEntries.ts';
import { createEcommerceReader } from './readEcommerce.ts';
import { reasonOf } from './reasonOf.ts';

/**
 * @param onWarning - at most once, with the first entry that could not be read.
 * @param onPage - calls back whenever the page has changed.
 * @returns what ends it.
 */
export function watchDataLayer(
  host: LayerHost,
  name: string,
  onEvent: (event: TrackedEvent) => void,
  onWarning: (message: string) => void,
  onPage?: (listener: () => void) => void,
): () => void {
  let isWarned = false;
  const warn = (reason: string) => {
    if (!isWarned) onWarning(`${name}: ${reason}`);
    isWarned = true;
  };
  return watchEntries(
    host,
    name,
    createEcommerceReader(onEvent, warn),
    (error) => warn(`an entry cannot be read: ${reasonOf(error)}`),
    onPage,
  );
}
