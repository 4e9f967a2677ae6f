/**
 * @module
 * Names of lines that end close to each other, moved apart so that each can be read.
 */

/**
 * @param wanted - where each would like to stand; NaN: nowhere.
 * @returns places at least `gap` apart, in the same order from top to bottom, within [top, bottom]
 * where they fit.
 */
export function spreadLabels(
  wanted: readonly number[],
  gap: number,
  top: number,
  bottom: number,
): number[] {
  const places = [...wanted];
  const order = [...wanted.keys()]
    .filter((index) => Number.isFinite(wanted[index]))
    .sort((left, right) => wanted[left] - wanted[right]);
  // Down from the top, then up from the bottom: whoever was pushed out comes back in.
  let least = top;
  for (const index of order) {
    places[index] = Math.max(places[index], least);
    least = places[index] + gap;
  }
  let most = bottom;
  for (const index of order.reverse()) {
    places[index] = Math.min(places[index], most);
    most = places[index] - gap;
  }
  return places;
}
