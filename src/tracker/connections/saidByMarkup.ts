/**
 * @module
 * saidByMarkup: whether the page's own attributes tell of an event too. Then theirs counts, because
 * it is measured: a data layer calls a list seen that is far below the fold.
 */
import type { TrackedEvent } from '../../events.ts';
import { ACTION, ITEM, VIEW } from '../markup.ts';

/** What of the page is watched, as the option `track` has it: what is not named is. */
export type Watched = boolean | { impressions?: boolean; clicks?: boolean; views?: boolean };

const OFF = { impressions: false, clicks: false, views: false };
const LINK = ':is(a, area)[href]';

export function saidByMarkup({ itemId, action }: TrackedEvent, watched: Watched): boolean {
  const elements = markedElements().get(itemId);
  if (!elements) return false;
  const {
    impressions = true,
    clicks = true,
    views = true,
  } = watched === true ? {} : watched || OFF;
  if (action === 'impression') return impressions;
  if (action === 'view') {
    return views && elements.some((element) => element.hasAttribute(VIEW));
  }
  if (!clicks) return false;
  const named = `[${ACTION}="${CSS.escape(action)}"]`;
  const way = action === 'click' ? `${named}, ${LINK}` : named;
  return elements.some((element) => element.matches(way) || element.querySelector(way));
}

/** Item -> the elements that stand for it. */
let marked: Map<string, Element[]> | undefined;

/** A list in a data layer is many events at once: the page is looked through once for all of them. */
function markedElements(): Map<string, Element[]> {
  if (marked) return marked;
  marked = new Map();
  for (const element of document.querySelectorAll(`[${ITEM}]`)) {
    const itemId = element.getAttribute(ITEM) ?? '';
    const others = marked.get(itemId);
    if (others) others.push(element);
    else marked.set(itemId, [element]);
  }
  queueMicrotask(() => (marked = undefined));
  return marked;
}
