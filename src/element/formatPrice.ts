/**
 * @module
 * formatPrice: as the page's language writes amounts of its currency.
 */

/** @param currency - ISO 4217, such as `GBP`. @returns null without a price or a currency. */
export function formatPrice(
  price: unknown,
  currency: string | null,
  language: string,
): string | null {
  if (typeof price !== 'number' || !Number.isFinite(price) || !currency) return null;
  try {
    return new Intl.NumberFormat(language || undefined, { style: 'currency', currency }).format(
      price,
    );
  } catch {
    // Neither language nor currency need be one.
    return `${price} ${currency}`;
  }
}
