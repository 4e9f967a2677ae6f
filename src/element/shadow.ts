/**
 * @module
 * A shadow root with its styles. Constructed sheets are no inline styles: a strict
 * Content-Security-Policy lets them pass, and so do Trusted Types, since nothing here is parsed.
 */

/** One sheet for all elements of a kind. */
const sheets = new Map<string, CSSStyleSheet>();

export function shadow(host: HTMLElement, css: string, ...children: Node[]): ShadowRoot {
  const root = host.attachShadow({ mode: 'open' });
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  root.adoptedStyleSheets = [sheet];
  root.append(...children);
  return root;
}
