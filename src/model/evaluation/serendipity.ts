/**
 * @module
 * Serendipity: hits that popularity would not have shown.
 *
 * A list can be right by showing what everyone buys. What it earns beyond that is the part of its
 * recall whose items do not stand in the list of the same length that popularity would have shown
 * the same visitor:
 *
 *   serendipity = |list ∩ targets ∖ obvious| / min(length, targets)
 *
 * Paper: Ge, Delgado-Battenfeld & Jannach, Beyond Accuracy, RecSys 2010, section 3.2: unexpected
 * and useful, against a primitive recommender. https://doi.org/10.1145/1864708.1864761
 */

/**
 * @param length - of the list that was asked for; the list may be shorter.
 * @param obvious - what popularity would have listed.
 * @returns in [0, 1]; never above the recall at the same length.
 */
export function serendipity(
  list: Int32Array,
  length: number,
  targets: Int32Array,
  obvious: ReadonlySet<number>,
): number {
  const wanted = new Set(targets);
  let hits = 0;
  for (const item of list) if (wanted.has(item) && !obvious.has(item)) hits++;
  return hits / Math.min(length, targets.length);
}
