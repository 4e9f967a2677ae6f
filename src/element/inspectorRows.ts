/**
 * @module
 * The rows of <sotto-inspector>: an item with what it came to, a recommendation with its reasons, a
 * category, a list with its numbers.
 */
import type { LearnedProfile, Metrics, Recommendation } from '../index.ts';
import type { Explanation, ItemMetadata } from '../index.ts';
import { plain } from './fillTemplate.ts';
import { h } from './h.ts';
import type { Row } from './keyedRows.ts';

/** Reasons beyond these say little each. */
const MOST_REASONS = 5;

export const titleOf = (itemId: string, item: ItemMetadata): string => plain(item.title) || itemId;

export function itemRow(forget: (title: string) => void): Row<LearnedProfile['items'][number]> {
  const name = h('span');
  const facts = h('small');
  let title = '';
  const button = h('button', { type: 'button', part: 'button', click: () => forget(title) });
  return {
    element: h('li', {}, name, facts, button),
    fill({ itemId, item, weight, events }) {
      title = titleOf(itemId, item);
      name.textContent = title;
      facts.textContent = `weight ${weight.toFixed(2)}, ${count(events, 'event')}`;
      button.textContent = 'Forget';
      button.setAttribute('aria-label', `Forget ${title}`);
    },
  };
}

export function categoryRow(): Row<LearnedProfile['categories'][number]> {
  const name = h('span');
  const share = h('small');
  const meter = h('meter', { part: 'meter', 'aria-hidden': 'true' });
  return {
    element: h('li', {}, name, meter, share),
    fill(one) {
      name.textContent = one.category;
      meter.value = one.share;
      share.textContent = `${Math.round(one.share * 100)} %`;
    },
  };
}

/** @param explain - asked only once the row is opened, and anew each time. */
export function reasonRow(explain: (itemId: string) => Promise<Explanation>): Row<Recommendation> {
  const title = h('summary');
  const reasons = h('ul');
  const details: HTMLDetailsElement = h('details', { toggle: () => void tell() }, title, reasons);
  let itemId = '';
  const tell = async (): Promise<void> => {
    if (!details.open) return;
    try {
      reasons.replaceChildren(...reasonsOf(await explain(itemId)));
    } catch (error) {
      reasons.replaceChildren(h('li', {}, (error as Error).message));
    }
  };
  return {
    element: h('li', {}, details),
    fill(one) {
      itemId = one.itemId;
      title.textContent = titleOf(itemId, one.item);
      void tell();
    },
  };
}

function reasonsOf({ contributions, prior }: Explanation): Node[] {
  const line = (name: string, score: number): Node =>
    h('li', {}, h('span', {}, name), h('small', {}, score.toFixed(3)));
  return [
    ...contributions
      .slice(0, MOST_REASONS)
      .map(({ itemId, item, score }) => line(titleOf(itemId, item), score)),
    line('What the average visitor likes', prior),
  ];
}

export function listRow(): Row<Metrics['lists'][number]> {
  const cells = Array.from({ length: 4 }, () => h('td'));
  const name = h('th', { scope: 'row' });
  return {
    element: h('tr', {}, name, ...cells),
    fill({ listId, impressions, clicks, carts, purchases }) {
      name.textContent = listId ?? 'no list';
      for (const [place, number] of [impressions, clicks, carts, purchases].entries()) {
        cells[place].textContent = String(number);
      }
    },
  };
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
