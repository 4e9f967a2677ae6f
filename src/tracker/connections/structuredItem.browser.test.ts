import { afterEach, expect, test, vi } from 'vitest';
import { show } from '../page.case.ts';
import { createStructuredItem } from './structuredItem.ts';

const address = location.href;
afterEach(() => {
  document.head.querySelectorAll('script[type*="ld+json"]').forEach((script) => script.remove());
  document.body.replaceChildren();
  history.replaceState(null, '', address);
});

function look(): { itemId: string | undefined; warnings: string[] } {
  const warnings: string[] = [];
  const item = createStructuredItem(document, (message) => warnings.push(message));
  const [itemId] = item().values();
  return { itemId, warnings };
}

const script = (content: unknown, attributes = '') =>
  `<script type="application/ld+json" ${attributes}>${
    typeof content === 'string' ? content : JSON.stringify(content)
  }</script>`;

const product = (more: object) => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: 'A thing',
  ...more,
});

const other = product({ sku: 'other' });

test.each<[string, unknown, string | undefined]>([
  ['sku before all others', product({ mpn: 'm', gtin13: 'g', productID: 'p', sku: 's' }), 's'],
  ['then productID, without the name of its kind', product({ mpn: 'm', productID: 'sku:p' }), 'p'],
  ['then gtin', product({ mpn: 'm', gtin13: '5901234123457', gtin: '1' }), '1'],
  ['then its older names', product({ mpn: 'm', gtin8: '8', gtin14: '14' }), '14'],
  ['then mpn', product({ mpn: 'm' }), 'm'],
  ['a number', product({ sku: 85048 }), '85048'],
  ['a typed value', product({ sku: { '@value': ' 85048 ' } }), '85048'],
  ['the first of several', product({ sku: ['', 'a', 'b'] }), 'a'],
  ['an offer’s', product({ offers: { '@type': 'Offer', sku: 'o', price: 3 } }), 'o'],
  ['the first offer’s that has one', product({ offers: [{ price: 3 }, { sku: 'o' }] }), 'o'],
  [
    'an offer’s within an aggregate',
    product({ offers: { '@type': 'AggregateOffer', offers: [{ mpn: 'deep' }] } }),
    'deep',
  ],
  ['its own before an offer’s', product({ mpn: 'm', offers: { sku: 'o' } }), 'm'],
  ['none', product({ offers: { price: 3 } }), undefined],
  [
    'a group’s own, not its variants’',
    {
      '@type': 'ProductGroup',
      productGroupID: '44E01',
      variesBy: ['https://schema.org/size'],
      hasVariant: [product({ sku: '44E01-M' }), product({ sku: '44E01-L' })],
    },
    '44E01',
  ],
  ['the type as an address', { '@type': 'http://schema.org/Product', sku: 's' }, 's'],
  ['the type as one of several', { '@type': ['Book', 'schema:Product'], sku: 's' }, 's'],
  ['another type', { '@type': 'ProductReview', sku: 's' }, undefined],
  ['an array', [{ '@type': 'Organization' }, product({ sku: 's' })], 's'],
  ['a graph', { '@graph': [{ '@type': 'WebPage' }, product({ sku: 's' })] }, 's'],
  [
    'the main thing of the page',
    { '@graph': [other, { '@type': 'ItemPage', mainEntity: product({ sku: 's' }) }] },
    's',
  ],
  [
    'the one that has the page as its own',
    [other, product({ sku: 's', mainEntityOfPage: { '@id': '/shop/s' } })],
    's',
  ],
  ['the one at this address', [other, product({ sku: 's', url: '/shop/s/#about' })], 's'],
  ['the same twice', [product({ sku: 's' }), product({ sku: 's', mpn: 'm' })], 's'],
  ['of several none', [other, product({ sku: 's' })], undefined],
  ['related ones', product({ sku: 's', isRelatedTo: [other], isSimilarTo: other }), 's'],
  [
    'a list of products',
    { '@type': 'ItemList', itemListElement: [{ '@type': 'ListItem', item: other }] },
    undefined,
  ],
  ['a review of one', { '@type': 'Review', itemReviewed: other }, undefined],
])('JSON-LD: %s', (_, content, expected) => {
  history.replaceState(null, '', '/shop/s');
  show(script(content));
  expect(look()).toEqual({ itemId: expected, warnings: [] });
});

test('JSON-LD that is malformed, huge or deep is one warning, and the next script counts', () => {
  const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
  show(
    script('{"@type": "Product", "sku": "a",}') +
      script('') +
      script('<!-- -->') +
      script(`"${'x'.repeat(1_000_001)}"`) +
      script(deep) +
      script([null, 1, 'Product', { '@type': null, '@graph': { '@type': {} }, mainEntity: 3 }]) +
      script(product({ sku: 'good' })),
  );
  const { itemId, warnings } = look();
  expect(itemId).toBe('good');
  expect(warnings.length).toBe(1);
  expect(warnings[0]).toMatch(/^JSON-LD: /);
});

const MICRODATA = `itemscope itemtype="https://schema.org/Product"`;

test.each<[string, string, string | undefined]>([
  ['text', `<div ${MICRODATA}><b itemprop="sku"> 85048 </b></div>`, '85048'],
  ['meta', `<div ${MICRODATA}><meta itemprop="sku" content="s"></div>`, 's'],
  ['data', `<div ${MICRODATA}><data itemprop="mpn" value="m">No. m</data></div>`, 'm'],
  ['link', `<div ${MICRODATA}><link itemprop="gtin" href="g"></div>`, 'g'],
  ['content on any element', `<p ${MICRODATA}><i itemprop="sku" content="s">No. s</i></p>`, 's'],
  [
    'the stated order, not the page’s',
    `<div ${MICRODATA}><b itemprop="mpn">m</b><b itemprop="name sku">s</b></div>`,
    's',
  ],
  [
    'an offer’s',
    `<div ${MICRODATA}><div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
       <meta itemprop="sku" content="o"></div></div>`,
    'o',
  ],
  [
    'not what belongs to something within',
    `<div ${MICRODATA}><meta itemprop="mpn" content="m">
       <div itemprop="isRelatedTo" ${MICRODATA}><b itemprop="sku">other</b></div></div>`,
    'm',
  ],
  [
    'itemref',
    `<div ${MICRODATA} itemref="more none"></div><p id="more"><b itemprop="sku">s</b></p>`,
    's',
  ],
  [
    'another type',
    `<div itemscope itemtype="https://schema.org/Person"><b itemprop="sku">s</b></div>`,
    undefined,
  ],
  ['several', `<div ${MICRODATA}><b itemprop="sku">a</b></div>`.repeat(2), 'a'],
  [
    'of several different ones none',
    ['a', 'b'].map((id) => `<div ${MICRODATA}><b itemprop="sku">${id}</b></div>`).join(''),
    undefined,
  ],
  [
    'the main thing of the page',
    `<div itemscope itemtype="https://schema.org/ItemPage"><div itemprop="mainEntity" ${MICRODATA}>
       <b itemprop="sku">s</b></div></div><div ${MICRODATA}><b itemprop="sku">b</b></div>`,
    's',
  ],
  [
    'a part to leave alone',
    `<div data-sotto-ignore><p ${MICRODATA}><b itemprop="sku">s</b></p></div>`,
    undefined,
  ],
  [
    'script in attributes',
    `<div ${MICRODATA} itemref="&quot;]<script>"><meta itemprop="sku" content="&quot;><img src=x onerror=alert(1)>"></div>`,
    '"><img src=x onerror=alert(1)>',
  ],
])('microdata: %s', (_, html, expected) => {
  show(html);
  expect(look()).toEqual({ itemId: expected, warnings: [] });
});

test('JSON-LD stands above microdata, unless the site sets it apart', () => {
  const microdata = `<div ${MICRODATA}><b itemprop="sku">micro</b></div>`;
  show(script(product({ sku: 'json' })) + microdata);
  expect(look().itemId).toBe('json');
  show(script(product({ sku: 'json' }), 'data-sotto-ignore') + microdata);
  expect(look().itemId).toBe('micro');
});

test('a script is parsed again only when its text has changed', () => {
  show(script('{'));
  const warnings: string[] = [];
  const item = createStructuredItem(document, (message) => warnings.push(message));
  const parse = vi.spyOn(JSON, 'parse');
  for (let look = 0; look < 3; look++) expect(item().size).toBe(0);
  expect(parse).toHaveBeenCalledTimes(1);
  parse.mockRestore();
  const element = document.querySelector('script[type*="ld+json"]') as HTMLScriptElement;
  element.textContent = JSON.stringify(product({ sku: 'a' }));
  expect([...item()]).toEqual([[element, 'a']]);
  element.textContent = JSON.stringify(product({ sku: 'b' }));
  expect([...item()]).toEqual([[element, 'b']]);
  expect(warnings.length).toBe(1);
});
