/**
 * @module
 * readMicrodata: the schema.org products that a page marks with itemscope and itemprop, those that
 * are not a part of something else on the page.
 *
 * https://html.spec.whatwg.org/multipage/microdata.html
 */
import { idOf, isProductType, type FoundProduct } from './product.ts';

const ATTRIBUTES: Readonly<Record<string, string>> = { A: 'href', AREA: 'href', LINK: 'href' };

export function readMicrodata(root: ParentNode): FoundProduct[] {
  const found: FoundProduct[] = [];
  for (const element of root.querySelectorAll('[itemscope][itemtype]')) {
    if (!words(element, 'itemtype').some(isProductType)) continue;
    const roles = words(element, 'itemprop');
    const isMain = roles.includes('mainEntity');
    // A property of another thing: listed, related, the subject of a review.
    if (roles.length && !isMain) continue;
    const itemId = idOf(
      (property) => valuesOf(element, property),
      elementsOf(element, 'offers').flatMap(offersOf),
    );
    const url = valuesOf(element, 'url')[0] ?? '';
    if (itemId !== undefined) found.push({ itemId, element, isMain, url });
  }
  return found;
}

function offersOf(offer: Element): ((property: string) => readonly string[])[] {
  const inner = elementsOf(offer, 'offers').filter((one) => one !== offer);
  return [(property) => valuesOf(offer, property), ...inner.flatMap(offersOf)];
}

/** The elements that give `item` this property: within it, or named by its itemref. */
function elementsOf(item: Element, property: string): Element[] {
  const selector = `[itemprop~="${property}"]`;
  const within = [...item.querySelectorAll(selector)].filter(
    (element) => element.parentElement?.closest('[itemscope]') === item,
  );
  const elsewhere = words(item, 'itemref').flatMap((id) => {
    const part = item.ownerDocument.getElementById(id);
    return part
      ? [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)]
      : [];
  });
  return [...within, ...elsewhere];
}

function valuesOf(item: Element, property: string): string[] {
  return elementsOf(item, property)
    .filter((element) => !element.hasAttribute('itemscope'))
    .map(
      (element) =>
        element.getAttribute('content') ??
        element.getAttribute(ATTRIBUTES[element.tagName] ?? 'value') ??
        element.textContent ??
        '',
    );
}

function words(element: Element, attribute: string): string[] {
  return (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
}
