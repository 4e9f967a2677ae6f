/**
 * @module
 * Where a product's page is.
 */
export const productAddress = (itemId: string): string =>
  `product.html?item=${encodeURIComponent(itemId)}`;
