/**
 * @module
 * The entry of the elements: defines them where there is a page, and is harmless elsewhere.
 */
import { SottoInspector } from './sottoInspector.ts';
import { SottoItem } from './sottoItem.ts';
import { SottoShelf } from './sottoShelf.ts';

export { SottoInspector, SottoItem, SottoShelf };

declare global {
  interface HTMLElementTagNameMap {
    'sotto-inspector': SottoInspector;
    'sotto-item': SottoItem;
    'sotto-shelf': SottoShelf;
  }
}

const elements = {
  // First: the shelf makes it.
  'sotto-item': SottoItem,
  'sotto-shelf': SottoShelf,
  'sotto-inspector': SottoInspector,
};

if (typeof customElements !== 'undefined') {
  for (const [name, element] of Object.entries(elements)) {
    // Loaded twice, the first stays.
    if (!customElements.get(name)) customElements.define(name, element);
  }
}
