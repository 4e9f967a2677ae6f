/**
 * @module
 * A fresh random id, 122 bits. `crypto.randomUUID` is missing where the page is not secure.
 */
export function freshId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
