/**
 * @module
 * readJsonLd: the schema.org products in one `<script type="application/ld+json">`, those that stand
 * by themselves: not what is listed, related or similar to something else.
 */
import { idOf, isProductType, type FoundProduct } from './product.ts';

type Node = Record<string, unknown>;

/** Arrays, graphs and main things within each other: nobody needs more. */
const MAX_DEPTH = 8;
const MAX_CHARACTERS = 1_000_000;

/** @throws {SyntaxError} when it is not JSON; {Error} when it is too long to be looked at. */
export function readJsonLd(text: string, element: Element): FoundProduct[] {
  if (text.length > MAX_CHARACTERS) throw new Error(`more than ${MAX_CHARACTERS} characters`);
  const found: FoundProduct[] = [];
  walk(JSON.parse(text), false, 0);
  return found;

  function walk(value: unknown, isMain: boolean, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) {
      for (const one of value) walk(one, isMain, depth + 1);
      return;
    }
    if (!isNode(value)) return;
    if (several(value['@type']).some(isProductType)) {
      const itemId = idOf(propertyOf(value), offersOf(value['offers'], 0).map(propertyOf));
      const url = typeof value['url'] === 'string' ? value['url'] : '';
      // Some name the page that a product is the main thing of, rather than the other way round.
      const main = isMain || value['mainEntityOfPage'] !== undefined;
      if (itemId !== undefined) found.push({ itemId, element, isMain: main, url });
      return;
    }
    walk(value['@graph'], isMain, depth + 1);
    walk(value['mainEntity'], true, depth + 1);
  }
}

/** Offers, and what an offer is made up of. */
function offersOf(value: unknown, depth: number): Node[] {
  if (depth > MAX_DEPTH) return [];
  return several(value)
    .filter(isNode)
    .flatMap((offer) => [offer, ...offersOf(offer['offers'], depth + 1)]);
}

const propertyOf = (node: Node) => (property: string) =>
  several(node[property]).map((value) => (isNode(value) ? value['@value'] : value));

const several = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
