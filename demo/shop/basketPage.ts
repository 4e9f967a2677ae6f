/**
 * @module
 * The basket: the shop's own state, shown and changed.
 */
import { basketLines, onBasketChange, setQuantity } from './basket.ts';
import { loadCatalogue, type Catalogue } from './catalogue.ts';
import { find, h } from './dom.ts';
import { formatPounds } from './format.ts';
import { loadLooks } from './looks.ts';
import { productAddress } from './productAddress.ts';
import { startPage } from './page.ts';
import { drawThumbnail, type Look } from './thumbnail.ts';

startPage();
const [catalogue, lookOf] = await Promise.all([loadCatalogue(), loadLooks()]);
onBasketChange(() => show(catalogue, lookOf));
show(catalogue, lookOf);

function show(goods: Catalogue, look: (itemId: string) => Look | undefined): void {
  const lines = basketLines().flatMap(({ itemId, quantity }) => {
    const product = goods.products[goods.rowOf.get(itemId) ?? -1];
    return product ? [{ product, quantity }] : [];
  });
  lines.sort((a, b) => a.product.title.localeCompare(b.product.title));
  const total = lines.reduce((sum, one) => sum + (one.product.pricePounds ?? 0) * one.quantity, 0);
  find('#basket-lines').replaceChildren(
    ...lines.map(({ product, quantity }) =>
      h(
        'li',
        { class: 'line' },
        h('span', { class: 'line-picture' }, drawThumbnail(look(product.id))),
        h('a', { href: productAddress(product.id) }, product.title),
        h(
          'label',
          {},
          h('span', { class: 'visually-hidden' }, `Quantity of ${product.title}`),
          h('input', {
            type: 'number',
            min: 0,
            max: 999,
            value: quantity,
            change: (event) => {
              const wanted = Math.floor(Number((event.target as HTMLInputElement).value));
              setQuantity(product.id, Number.isFinite(wanted) ? wanted : quantity);
            },
          }),
        ),
        h('span', { class: 'price' }, formatPounds((product.pricePounds ?? 0) * quantity)),
        h(
          'button',
          {
            type: 'button',
            class: 'button',
            'aria-label': `Take out ${product.title}`,
            click: () => setQuantity(product.id, 0),
          },
          'Take out',
        ),
      ),
    ),
  );
  find('#basket-total').textContent = formatPounds(total);
  find('#basket-empty').hidden = lines.length > 0;
  find('#basket-full').hidden = lines.length === 0;
}
