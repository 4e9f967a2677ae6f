/**
 * @module
 * Neighbours cut the other way: of each item, those that it speaks for most, whoever else speaks
 * for them.
 */
import type { ItemNeighbours } from '../../../src/model/model.ts';

/** @param neighbours - by the item that speaks. @param kept - of each, the strongest. */
export function cutBySpeaker(
  { starts, rows, weights }: ItemNeighbours,
  kept: number,
): ItemNeighbours {
  const cut = new Uint32Array(starts.length);
  const places: number[] = [];
  for (let item = 0; item + 1 < starts.length; item++) {
    const ofItem = Array.from(
      { length: starts[item + 1] - starts[item] },
      (_, at) => starts[item] + at,
    );
    const strongest = ofItem
      .sort((left, right) => weights[right] - weights[left] || left - right)
      .slice(0, kept)
      .sort((left, right) => left - right);
    places.push(...strongest);
    cut[item + 1] = places.length;
  }
  return {
    starts: cut,
    rows: Int32Array.from(places, (at) => rows[at]),
    weights: Float32Array.from(places, (at) => weights[at]),
  };
}
