/**
 * @module
 * Why an item is shown: the exact shares of its score, one bar for each past item and one for what
 * the average visitor likes.
 */
import type { Contribution, Explanation } from 'sotto';
import type { Product } from './catalogue.ts';
import { showDialog } from './dialog.ts';
import { h } from './dom.ts';
import { formatShare } from './format.ts';
import { sotto } from './sotto.ts';

const MOST_SHOWN = 6;

export async function showWhy(product: Product): Promise<void> {
  const place = h('div', { class: 'why', 'aria-live': 'polite' }, h('p', {}, 'Working it out…'));
  showDialog(`Why ${product.title} is shown`, place);
  try {
    place.replaceChildren(...explained(product, await sotto().explain(product.id)));
  } catch (error) {
    place.replaceChildren(h('p', {}, `No answer: ${(error as Error).message}`));
  }
}

function explained(product: Product, explanation: Explanation): Node[] {
  const { contributions, prior } = explanation;
  const shown = contributions.slice(0, MOST_SHOWN);
  const rest = contributions.slice(MOST_SHOWN).reduce((sum, one) => sum + one.score, 0);
  const largest = Math.max(...[...shown.map((one) => one.score), prior, rest].map(Math.abs), 1e-12);
  const bar = (name: string, score: number, note: string): Node =>
    h(
      'li',
      { class: score < 0 ? 'share share-against' : 'share' },
      h('span', { class: 'share-name' }, name, h('small', {}, note)),
      h('span', {
        class: 'share-bar',
        style: `--share:${(Math.abs(score) / largest).toFixed(4)}`,
      }),
      h('span', { class: 'share-score' }, signed(score)),
    );
  const personal = contributions.reduce((sum, one) => sum + Math.max(0, one.score), 0);
  const share = personal / Math.max(1e-12, personal + Math.max(0, prior));
  return [
    h('p', { class: 'eyebrow' }, 'Why this?'),
    h('h2', {}, product.title),
    h(
      'p',
      {},
      contributions.length === 0
        ? 'Nothing of yours yet: it is here because many people buy it.'
        : `${formatShare(share)} of what speaks for it comes from what you did here; the rest is ` +
            'what the average visitor likes. The shares add up to the score exactly.',
    ),
    h(
      'ul',
      { class: 'shares' },
      ...shown.map((one) => bar(nameOf(one), one.score, `weight ${one.weight.toFixed(2)}`)),
      ...(rest === 0 ? [] : [bar('Everything else you did', rest, '')]),
      bar('The average visitor', prior, ''),
    ),
    h('p', { class: 'total' }, `Score ${signed(explanation.score)}`),
  ];
}

const nameOf = (one: Contribution): string => one.item.title ?? `Item ${one.itemId}`;

const signed = (score: number): string => `${score < 0 ? '−' : '+'}${Math.abs(score).toFixed(3)}`;
