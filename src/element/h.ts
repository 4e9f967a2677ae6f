/**
 * @module
 * h: builds an element. Text is set as text and never parsed, whatever a catalogue holds.
 */

type Value = string | null | ((event: Event) => void);

/** @param properties - attributes; null leaves one out, a function listens for the event. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Readonly<Record<string, Value>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}
