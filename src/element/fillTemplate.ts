/**
 * @module
 * fillTemplate: one item in the site's own markup. Attributes name the catalogue's columns:
 * `data-sotto-text`, `data-sotto-alt`, `data-sotto-href` and `data-sotto-src`.
 */
import type { Recommendation } from '../index.ts';
import { h } from './h.ts';
import { safeUrl } from './safeUrl.ts';

/** @param textOf - how a column is written, where it is not a text already. */
export function fillTemplate(
  template: HTMLTemplateElement,
  one: Recommendation,
  textOf: (column: string, value: unknown) => string,
): HTMLElement {
  const content = document.importNode(template.content, true);
  const valueOf = (column: string): unknown =>
    // Own properties only: a column may be called `constructor`.
    Object.hasOwn(one.item, column) ? one.item[column] : own(one, column);
  const each = (attribute: string, fill: (element: Element, value: unknown) => void): void => {
    for (const element of content.querySelectorAll(`[${attribute}]`)) {
      fill(element, valueOf(element.getAttribute(attribute) as string));
    }
  };
  each('data-sotto-text', (element, value) => {
    const column = element.getAttribute('data-sotto-text') as string;
    element.textContent = textOf(column, value);
  });
  each('data-sotto-alt', (element, value) => element.setAttribute('alt', plain(value)));
  each('data-sotto-href', (element, value) => setUrl(element, 'a, area', 'href', safeUrl(value)));
  each('data-sotto-src', (element, value) => setUrl(element, 'img', 'src', safeUrl(value, true)));

  const [only, ...others] = content.children;
  return only instanceof HTMLElement && !others.length ? only : h('div', {}, content);
}

export function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function own(one: Recommendation, column: string): unknown {
  return Object.hasOwn(one, column) ? one[column as keyof Recommendation] : undefined;
}

/** Elsewhere, such as on a script or a frame, an address would be run. */
function setUrl(element: Element, where: string, attribute: string, url: string | null): void {
  if (url !== null && element.matches(where)) element.setAttribute(attribute, url);
}
