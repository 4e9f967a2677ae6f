/**
 * @module
 * One item's metadata, read across the catalogue's columns.
 */
import type { Catalogue } from '../model/model.ts';
import type { ItemMetadata } from './api.ts';

export function itemMetadata(catalogue: Catalogue, row: number): ItemMetadata {
  const item: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(catalogue)) {
    const value = column[row];
    if (value !== null && value !== undefined) item[name] = value;
  }
  return item;
}
