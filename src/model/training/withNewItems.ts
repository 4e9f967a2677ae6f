/**
 * @module
 * A trained model's parts and beside them items that nobody has had yet, with predicted factors.
 */
import type { ModelParts } from '../artifact/modelParts.ts';
import type { Catalogue } from '../model.ts';
import { predictFactors } from './newItems.ts';

/**
 * @param parts - of the trained items; not modified.
 * @param ids - of the new items, distinct and none of the trained. @param fresh - their metadata.
 * @returns the parts with those new items after the trained ones of which enough is known to predict
 * their factors; the same parts when there is none. They count in no statistics, are marked in the
 * column `predicted`, and stay out of YᵀY.
 */
export function withNewItems(
  parts: ModelParts,
  ids: readonly string[],
  fresh: Catalogue,
): ModelParts {
  const { dim, factors, statistics, catalogue, neighbours } = parts;
  const trainedItems = parts.ids.length;
  const predicted = predictFactors(factors, dim, catalogue, fresh);
  const kept = ids.flatMap((_, index) => (predicted[index] ? [index] : []));
  if (kept.length === 0) return parts;

  const values = new Float32Array((trainedItems + kept.length) * dim);
  values.set(factors);
  for (const [place, index] of kept.entries()) {
    values.set(predicted[index] as Float32Array, (trainedItems + place) * dim);
  }
  const padded = (column: readonly number[], value: number) => [
    ...column,
    ...new Array<number>(kept.length).fill(value),
  ];
  const columns = { ...statistics, predicted: new Array<number>(trainedItems).fill(0) };
  return {
    ...parts,
    ids: [...parts.ids, ...kept.map((index) => ids[index])],
    factors: values,
    trainedItems,
    statistics: Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [
        name,
        padded(column, name === 'predicted' ? 1 : 0),
      ]),
    ) as typeof columns,
    catalogue: Object.fromEntries(
      Object.keys({ ...catalogue, ...fresh }).map((name) => [
        name,
        [
          ...(catalogue[name] ?? new Array<null>(trainedItems).fill(null)),
          ...kept.map((index) => fresh[name]?.[index] ?? null),
        ],
      ]),
    ),
    ...(neighbours
      ? { neighbours: { ...neighbours, starts: extended(neighbours.starts, kept.length) } }
      : {}),
  };
}

/** Nobody who had them had anything else: they neighbour nothing. */
function extended<T extends { readonly length: number; [index: number]: number }>(
  starts: T,
  count: number,
): T {
  const Starts = starts.constructor as new (length: number) => T;
  const longer = new Starts(starts.length + count);
  for (let at = 0; at < longer.length; at++) {
    longer[at] = starts[Math.min(at, starts.length - 1)];
  }
  return longer;
}
