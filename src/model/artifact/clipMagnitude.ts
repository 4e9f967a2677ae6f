/**
 * @module
 * The magnitude that int8 reaches to: one value in a hundred thousand lies beyond it and is cut.
 *
 * One scale serves all values, so a single outlier makes every other coarser. On the demo's
 * factors this cuts 2 of 295,616 values and makes all steps a tenth finer: the overlap of the
 * top-50 with float32 rises from 0.989 to 0.991, for a byte more an item after brotli. Cutting
 * more loses again what it gains, in the strongest items first.
 */
const SHARE_CUT = 1e-5;
const BINS = 4096;

/**
 * @param values - all finite; their largest magnitude is `largest`.
 * @returns a magnitude among the values, so that what was cut once is not cut again.
 */
export function clipMagnitude(values: Float32Array, largest: number): number {
  const cut = Math.floor(values.length * SHARE_CUT);
  if (cut === 0 || largest === 0) return largest;
  // Sorting all would take minutes of a large catalogue; only the tail is needed in order.
  const binOf = (value: number): number =>
    Math.min(BINS - 1, Math.floor((Math.abs(value) / largest) * BINS));
  const counts = new Float64Array(BINS);
  for (const value of values) counts[binOf(value)]++;
  let bin = BINS;
  for (let above = 0; above <= cut; above += counts[bin]) bin--;
  const tail = values.filter((value) => binOf(value) >= bin).map(Math.abs);
  return tail.sort()[tail.length - 1 - cut];
}
