/**
 * @module
 * <sotto-item>: an item as it looks without a template of the site's. It stands in the page's own
 * tree, where its `::part`s are styled and the tracker sees it; what it shows is in its shadow.
 */
import type { ItemMetadata } from '../index.ts';
import { plain } from './fillTemplate.ts';
import { h } from './h.ts';
import { safeUrl } from './safeUrl.ts';
import { shadow } from './shadow.ts';

const CSS = `
:host { display: block; }
[part=link] { display: block; color: inherit; text-decoration: none; }
[part=link]:hover [part=title] { text-decoration: underline; }
[part=image] { display: block; width: 100%; height: auto; aspect-ratio: 1; object-fit: contain; }
[part=title], [part=price] { display: block; margin-block-start: .4em; }
[part=price] { font-weight: 600; }
`;

const Base = globalThis.HTMLElement ?? class {};

export class SottoItem extends Base {
  /** Once, when the shelf makes it. */
  fill(itemId: string, item: ItemMetadata, price: string | null): void {
    const image = safeUrl(item.image, true);
    const link = h('a', { part: 'link', href: safeUrl(item.url) });
    // The title beside it says what is in the picture.
    if (image) link.append(h('img', { part: 'image', src: image, alt: '', loading: 'lazy' }));
    link.append(h('span', { part: 'title' }, plain(item.title) || itemId));
    if (price) link.append(h('span', { part: 'price' }, price));
    shadow(this, CSS, link);
  }
}
