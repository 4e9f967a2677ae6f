/**
 * @module
 * XᵀX of a few columns of a sparse matrix, without ever making the whole of it: a catalogue's own
 * is items × items, and a regression over an item's neighbourhood needs but a corner.
 */
import type { SparseMatrix } from '../sparse.ts';

/** One thread's own; reused from one item to the next. */
export interface SubGram {
  /**
   * Writes the lower triangle of the chosen items' inner products to `out`, row-major with `dim`
   * numbers a row; the rest of it stays as it is. O(Σ users of each + Σ over users of items²).
   *
   * @param chosen - rows of `items`, distinct, at most `dim`.
   */
  write(chosen: ArrayLike<number>, out: Float64Array, dim: number): void;
}

/** @param items - items × users, values what each user says of it. */
export function createSubGram(items: SparseMatrix): SubGram {
  // A list for each user of the chosen items that they have, newest first: -1 ends it.
  const heads = new Int32Array(items.columns).fill(-1);
  let next = new Int32Array(1024);
  let places = new Int32Array(1024);
  let values = new Float64Array(1024);
  return {
    write(chosen, out, dim) {
      let length = 0;
      for (let place = 0; place < chosen.length; place++) {
        out.fill(0, place * dim, place * dim + place + 1);
        for (let at = items.starts[chosen[place]]; at < items.starts[chosen[place] + 1]; at++) {
          const user = items.indices[at];
          const value = items.values[at];
          out[place * dim + place] += value * value;
          for (let entry = heads[user]; entry >= 0; entry = next[entry]) {
            out[place * dim + places[entry]] += value * values[entry];
          }
          if (length === next.length) {
            next = grown(next, new Int32Array(length * 2));
            places = grown(places, new Int32Array(length * 2));
            values = grown(values, new Float64Array(length * 2));
          }
          next[length] = heads[user];
          places[length] = place;
          values[length] = value;
          heads[user] = length++;
        }
      }
      for (let place = 0; place < chosen.length; place++) {
        for (let at = items.starts[chosen[place]]; at < items.starts[chosen[place] + 1]; at++) {
          heads[items.indices[at]] = -1;
        }
      }
    },
  };
}

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
