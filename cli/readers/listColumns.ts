/**
 * @module
 * The five columns that lists understand, under the names that shops and product feeds give them.
 */
import { normalizeName } from './columns.ts';

/**
 * Compared without case, spaces and punctuation; first come, first taken. `handle`, `type` and `tags`
 * are left alone: too many things go by those names.
 */
const LIST_COLUMNS = {
  title: ['title', 'name', 'productname', 'producttitle', 'itemname', 'itemtitle'],
  url: ['url', 'link', 'producturl', 'itemurl'],
  image: ['image', 'imageurl', 'imagelink', 'imagesrc'],
  price: ['price', 'unitprice', 'variantprice', 'regularprice'],
  categories: ['categories', 'category', 'producttype', 'productcategory'],
} as const satisfies Record<string, readonly string[]>;

/** The file's columns that stand for one of the five, and which; a column of its very name goes first. */
export function listColumns(columns: readonly string[]): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const [name, usual] of Object.entries(LIST_COLUMNS)) {
    if (columns.includes(name)) continue;
    for (const alias of usual) {
      const found = columns.find((column) => normalizeName(column) === alias);
      if (found === undefined || renamed.has(found)) continue;
      renamed.set(found, name);
      break;
    }
  }
  return renamed;
}
