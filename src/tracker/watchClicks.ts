/**
 * @module
 * watchClicks: one listener for every click. An element with `data-sotto-action` inside an item is
 * that action; a link inside an item is a 'click'; anything else is nothing.
 */
import type { TrackedEvent } from '../events.ts';
import { listen, type OnError } from './guard.ts';
import { ACTION, IGNORE, ITEM, placeOf } from './markup.ts';

/** A press of the middle button opens a link in another tab, and comes as `auxclick`. */
const MIDDLE_BUTTON = 1;

/** @returns what ends it. */
export function watchClicks(onError: OnError, track: (event: TrackedEvent) => void): () => void {
  // The keyboard's activation of a link or a button comes as a click too.
  return listen(document, ['click', 'auxclick'], onError, (event) => {
    if (event.type === 'auxclick' && (event as MouseEvent).button !== MIDDLE_BUTTON) return;
    let action: string | null = null;
    let value: number | undefined;
    let item: Element | undefined;
    // The path, unlike `closest`, leads out of shadow trees.
    for (const node of event.composedPath()) {
      if (!(node instanceof Element)) continue;
      if (node.hasAttribute(IGNORE)) return;
      if (item) continue;
      const named = node.getAttribute(ACTION);
      if (!action && named) {
        action = named;
        value = Number(node.getAttribute('data-sotto-value') ?? NaN);
      } else if (!action && node.matches('a[href], area[href]')) {
        action = 'click';
      }
      if (node.hasAttribute(ITEM)) item = node;
    }
    const place = item && action && placeOf(item);
    if (!place || !action) return;
    const tracked: TrackedEvent = { ...place, action };
    if (Number.isFinite(value)) tracked.value = value as number;
    track(tracked);
  });
}
