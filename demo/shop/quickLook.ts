/**
 * @module
 * A closer look at a product without leaving the page. The button that opens it counts as a click,
 * and the sheet then says what the click did to 'For you'.
 */
import { basketButton } from './basketButton.ts';
import type { Product } from './catalogue.ts';
import { showDialog } from './dialog.ts';
import { h } from './dom.ts';
import { formatCount, formatPounds } from './format.ts';
import { productAddress } from './productAddress.ts';
import { drawThumbnail, type Look } from './thumbnail.ts';

export function showQuickLook(product: Product, look: Look | undefined): void {
  const { id, title } = product;
  showDialog(
    `Quick look: ${title}`,
    h(
      'div',
      { class: 'quick-look', 'data-sotto-item': id },
      h('div', { class: 'quick-look-picture' }, drawThumbnail(look)),
      h(
        'div',
        { class: 'quick-look-text' },
        h('p', { class: 'eyebrow' }, product.department),
        h('h2', {}, title),
        h(
          'p',
          { class: 'quick-look-facts' },
          h('span', { class: 'price' }, formatPounds(product.pricePounds)),
          ` · item ${id} · bought by ${formatCount(product.buyers)} customers`,
        ),
        h(
          'div',
          { class: 'row' },
          basketButton(product, 'Add to basket', `Add to basket: ${title}`),
          h(
            'a',
            { class: 'button', href: productAddress(id), 'data-sotto-ignore': true },
            'Details',
          ),
        ),
        h('p', { class: 'list-news', 'data-list-news': true }),
      ),
    ),
  );
}
