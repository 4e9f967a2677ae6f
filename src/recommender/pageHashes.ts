/**
 * @module
 * pageHashes: the hashes that the page gives for files, in its import maps. The browser itself holds
 * what the page imports to them. https://html.spec.whatwg.org/multipage/webappapis.html#import-maps
 */
import type { Hashes } from './workerFromText.ts';

export function pageHashes(): Hashes {
  const hashes: Record<string, string> = {};
  for (const map of document.querySelectorAll('script[type=importmap]')) {
    const { integrity } = JSON.parse(map.textContent) as { integrity?: Hashes };
    for (const [address, hash] of Object.entries(integrity ?? {})) {
      hashes[new URL(address, document.baseURI).href] = hash;
    }
  }
  return hashes;
}
