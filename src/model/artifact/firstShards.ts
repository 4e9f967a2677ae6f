/**
 * @module
 * The first shards of a model as a model of their own: its strongest items, for an answer while
 * the rest is still on its way.
 */
import { filesOf, ITEM_ROLES, type Manifest } from './manifest.ts';

/**
 * @returns a manifest of the first shards, with YᵀY and prior of the whole; null when the model
 * has but one shard, or its files of rows are not all cut at the same row.
 */
export function firstShards(manifest: Manifest): Manifest | null {
  const firsts = ITEM_ROLES.filter((role) => role !== 'neighbours' || manifest.neighbours).map(
    (role) => filesOf(manifest, role)[0],
  );
  const rows = firsts[0]?.rows ?? 0;
  if (rows === 0 || rows === manifest.items || firsts.some((file) => file?.rows !== rows)) {
    return null;
  }
  const shared = manifest.files.filter(({ role }) => !ITEM_ROLES.includes(role));
  return { ...manifest, items: rows, wholeItems: manifest.items, files: [...firsts, ...shared] };
}
