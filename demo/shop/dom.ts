/**
 * @module
 * A small element builder. Text is always set as text, never parsed as markup.
 */

type Child = Node | string | null;
type Properties = Record<string, string | number | boolean | null | ((event: Event) => void)>;

/**
 * @param properties - attributes by name; a function is a listener for the event of that name;
 * `true` is an empty attribute, `false` and `null` leave it out.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** @throws {Error} when the page has no such element. */
export function find<T extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): T {
  const element = within.querySelector<T>(selector);
  if (!element) throw new Error(`this page must hold ${selector} but does not`);
  return element;
}
