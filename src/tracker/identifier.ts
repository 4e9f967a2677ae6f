/**
 * @module
 * A fresh random id, 128 bits. Not `crypto.randomUUID`, which is missing where the page is not secure.
 */
export function freshId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
