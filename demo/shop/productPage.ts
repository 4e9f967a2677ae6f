/**
 * @module
 * A product's own page. `data-sotto-view` says that the page is about this item, which counts as a
 * view once.
 */
import { basketButton } from './basketButton.ts';
import { loadCatalogue, type Product } from './catalogue.ts';
import { find, h } from './dom.ts';
import { formatCount, formatPounds } from './format.ts';
import { loadLooks } from './looks.ts';
import { startPage } from './page.ts';
import { productsOf, setShelf } from './shelf.ts';
import { sotto } from './sotto.ts';
import { drawThumbnail } from './thumbnail.ts';

const SIMILAR = 6;

startPage();
void showProduct(new URLSearchParams(location.search).get('item') ?? '');

async function showProduct(itemId: string): Promise<void> {
  const catalogue = await loadCatalogue();
  const row = catalogue.rowOf.get(itemId);
  if (row === undefined) {
    find('#product').replaceChildren(
      h('h1', {}, 'No such item'),
      h(
        'p',
        {},
        `The shop holds nothing under “${itemId}”. `,
        h('a', { href: 'index.html' }, 'Back to the shop'),
      ),
    );
    return;
  }
  const product = catalogue.products[row];
  document.title = `${product.title} · Tissue & Twine`;
  const lookOf = await loadLooks();
  find('#product').replaceChildren(details(product, drawThumbnail(lookOf(itemId))));
  const similar = await sotto().similar(itemId, { count: SIMILAR });
  await setShelf(find('#similar-list'), await productsOf(similar));
  find('#similar').hidden = false;
}

function details(product: Product, picture: Node): HTMLElement {
  const { id, title, department } = product;
  const browse = `index.html#browse?${new URLSearchParams({ department }).toString()}`;
  return h(
    'div',
    { class: 'product', 'data-sotto-item': id, 'data-sotto-view': true },
    h('div', { class: 'product-picture' }, picture),
    h(
      'div',
      { class: 'product-text' },
      h('p', { class: 'eyebrow' }, h('a', { href: browse, 'data-sotto-ignore': true }, department)),
      h('h1', {}, title),
      h('p', { class: 'product-price' }, formatPounds(product.pricePounds)),
      h(
        'p',
        { class: 'soft' },
        `Item ${id}. Bought by ${formatCount(product.buyers)} customers of the shop the data comes from.`,
      ),
      h('div', { class: 'row' }, basketButton(product, 'Add to basket', `Add to basket: ${title}`)),
      h(
        'p',
        { class: 'soft small' },
        'The picture is drawn from the numbers the model learned for this item: goods that are ' +
          'bought by the same people come wrapped alike.',
      ),
    ),
  );
}
