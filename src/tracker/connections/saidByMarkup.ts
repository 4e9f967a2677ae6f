/**
 * @module
 * saidByMarkup: whether the page's own attributes tell of an event too. Then theirs counts, because
 * it is measured: a data layer calls a list seen that is far below the fold.
 */
import type { TrackedEvent } from '../../events.ts';
import { ACTION, ITEM, VIEW } from '../markup.ts';

/** What of the page is watched, as the option `track` has it. */
export interface Watched {
  impressions: boolean;
  clicks: boolean;
  views: boolean;
}

export function saidByMarkup({ itemId, action }: TrackedEvent, watched: Watched): boolean {
  const item = `[${ITEM}="${CSS.escape(itemId)}"]`;
  const isThere = (selector: string) => document.querySelector(selector) !== null;
  if (action === 'impression') return watched.impressions && isThere(item);
  if (action === 'view') return watched.views && isThere(`${item}[${VIEW}]`);
  if (!watched.clicks) return false;
  const named = `[${ACTION}="${CSS.escape(action)}"]`;
  const link = ':is(a, area)[href]';
  const ways = [`${item}${named}`, `${item} ${named}`];
  if (action === 'click') ways.push(`${item}${link}`, `${item} ${link}`);
  return isThere(ways.join());
}
