/**
 * @module
 * One product as a card. The data-sotto attributes are all that Sotto needs to learn from it.
 */
import { basketButton } from './basketButton.ts';
import type { Product } from './catalogue.ts';
import { h } from './dom.ts';
import { formatPounds } from './format.ts';
import { productAddress } from './productAddress.ts';
import { showQuickLook } from './quickLook.ts';
import { drawThumbnail, type Look } from './thumbnail.ts';
import { showWhy } from './why.ts';

export interface CardExtras {
  /** Offers to explain why the item is shown. */
  why?: boolean;
}

export function card(
  product: Product,
  look: Look | undefined,
  extras: CardExtras = {},
): HTMLElement {
  const { id, title } = product;
  return h(
    'article',
    { class: 'card', 'data-sotto-item': id, 'data-department': product.department },
    h(
      'a',
      // The title below is the same link: once is enough for keyboards and screen readers.
      { class: 'card-picture', href: productAddress(id), tabindex: -1, 'aria-hidden': 'true' },
      drawThumbnail(look),
    ),
    h('h3', { class: 'card-title' }, h('a', { href: productAddress(id) }, title)),
    h(
      'p',
      { class: 'card-facts' },
      h('span', { class: 'price' }, formatPounds(product.pricePounds)),
      h('span', { class: 'department' }, product.department),
    ),
    h(
      'div',
      { class: 'card-actions' },
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          'data-sotto-action': 'click',
          'aria-label': `Quick look at ${title}`,
          click: () => showQuickLook(product, look),
        },
        'Quick look',
      ),
      basketButton(product, 'Add', `Add ${title} to basket`),
    ),
    extras.why
      ? h(
          'button',
          {
            type: 'button',
            class: 'why-button',
            // Asking why says nothing about taste.
            'data-sotto-ignore': true,
            'aria-label': `Why is ${title} shown?`,
            click: () => void showWhy(product),
          },
          'Why?',
        )
      : null,
  );
}
