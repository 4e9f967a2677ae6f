/**
 * @module
 * The words of schema.org that both of its spellings share: what counts as a product, which of its
 * numbers is its id, and which of several products a page is about.
 */
import { readText } from './readText.ts';

/**
 * The site's own numbers before those of the trade: catalogues are mostly keyed by the first.
 * https://schema.org/Product
 */
const ID_PROPERTIES: readonly string[] = [
  'sku',
  'productID',
  // Of a ProductGroup: what its variants have in common.
  'productGroupID',
  'gtin',
  'gtin14',
  'gtin13',
  'gtin12',
  'gtin8',
  'mpn',
];

const PRODUCT_TYPES = new Set(['Product', 'ProductGroup', 'ProductModel', 'IndividualProduct']);

/** A product that the page speaks of. */
export interface FoundProduct {
  itemId: string;
  /** Where it stands: what a page view is told apart by. */
  element: Element;
  /** The page says that it is what the page is about. */
  isMain: boolean;
  /** Its own page; '' when none is named. */
  url: string;
}

/** @param type - a name, or the address that ends in it. */
export function isProductType(type: unknown): boolean {
  return typeof type === 'string' && PRODUCT_TYPES.has(type.replace(/^.*[/#:]/, ''));
}

/**
 * The first of the id properties that is there, on the product or else on an offer of it.
 * @param values - the values of one property, in their order.
 */
export function idOf(
  values: (property: string) => readonly unknown[],
  offers: readonly ((property: string) => readonly unknown[])[],
): string | undefined {
  for (const read of [values, ...offers]) {
    for (const property of ID_PROPERTIES) {
      for (const value of read(property)) {
        const id = readText(value);
        // schema.org lets a productID name its kind: `sku:85048`.
        if (id) return property === 'productID' ? id.replace(/^[a-z]+\d*:(?=.)/i, '') : id;
      }
    }
  }
  return undefined;
}

/**
 * The one that the page is about: what it calls its main thing, else what has the page's own address,
 * else the only one. A page that shows several items is about none of them.
 */
export function ownProduct(found: readonly FoundProduct[], pageUrl: string): FoundProduct | null {
  const here = addressOf(pageUrl, pageUrl);
  const choices = [
    found.filter(({ isMain }) => isMain),
    found.filter(({ url }) => url !== '' && addressOf(url, pageUrl) === here),
    found,
  ];
  const one = choices.find((some) => new Set(some.map(({ itemId }) => itemId)).size === 1);
  return one ? one[0] : null;
}

function addressOf(url: string, base: string): string {
  try {
    const { host, pathname, search } = new URL(url, base);
    return host + pathname.replace(/\/$/, '') + search;
  } catch {
    return '';
  }
}
