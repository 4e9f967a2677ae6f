/**
 * @module
 * The thank-you page: what stood in the basket is tracked as bought, once, and the basket emptied.
 * No order goes anywhere.
 */
import { basketLines, emptyBasket } from './basket.ts';
import { loadCatalogue } from './catalogue.ts';
import { find, h } from './dom.ts';
import { formatPounds } from './format.ts';
import { startPage } from './page.ts';
import { sotto } from './sotto.ts';

startPage();
const lines = basketLines();
for (const { itemId, quantity } of lines) {
  sotto().track({ itemId, action: 'purchase', value: quantity });
}
// Before anything is awaited: a reload must not buy twice.
emptyBasket();

const catalogue = await loadCatalogue();
find('#bought').replaceChildren(
  ...lines.map(({ itemId, quantity }) => {
    const product = catalogue.products[catalogue.rowOf.get(itemId) ?? -1];
    return h(
      'li',
      {},
      `${quantity} × ${product?.title ?? itemId}`,
      h('span', { class: 'price' }, formatPounds((product?.pricePounds ?? 0) * quantity)),
    );
  }),
);
find('#thanks').hidden = lines.length === 0;
find('#nothing-bought').hidden = lines.length > 0;
