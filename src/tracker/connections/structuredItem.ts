/**
 * @module
 * createStructuredItem: the item that a page is about, from what it tells search engines: JSON-LD
 * first, else microdata. Asked again whenever the page has changed, so JSON is parsed only once.
 */
import { IGNORE } from '../markup.ts';
import { ownProduct, type FoundProduct } from './product.ts';
import { readJsonLd } from './readJsonLd.ts';
import { readMicrodata } from './readMicrodata.ts';
import { reasonOf } from './reasonOf.ts';

const JSON_LD = 'script[type="application/ld+json" i]';

/**
 * @param onWarning - at most once, with the first script that could not be read.
 * @returns looks at the page as it is now: the element that says it -> its item; empty when the page
 *   is about no single item.
 */
export function createStructuredItem(
  page: Document,
  onWarning: (message: string) => void,
): () => Map<Element, string> {
  const parsed = new WeakMap<Element, { text: string; found: FoundProduct[] }>();
  let isWarned = false;

  const read = (script: Element): FoundProduct[] => {
    const text = script.textContent ?? '';
    const known = parsed.get(script);
    if (known?.text === text) return known.found;
    let found: FoundProduct[] = [];
    try {
      found = readJsonLd(text, script);
    } catch (error) {
      if (!isWarned) onWarning(`JSON-LD: ${reasonOf(error)}`);
      isWarned = true;
    }
    parsed.set(script, { text, found });
    return found;
  };
  const isWatched = (element: Element) => !element.closest(`[${IGNORE}]`);

  return () => {
    const scripts = [...page.querySelectorAll(JSON_LD)].filter(isWatched);
    const own =
      ownProduct(scripts.flatMap(read), page.URL) ??
      ownProduct(
        readMicrodata(page).filter(({ element }) => isWatched(element)),
        page.URL,
      );
    return new Map(own ? [[own.element, own.itemId]] : []);
  };
}
