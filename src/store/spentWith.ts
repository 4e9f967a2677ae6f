/**
 * @module
 * spentWith: the rule of the lifetime budget, the same in both stores.
 */

/** Sums of tenths fall a rounding above their limit. */
const ROUNDING = 1e-9;

/**
 * @param stored - what was spent so far. Anything but a number in reach of a budget has been
 * tampered with, and counts as all of it.
 * @returns what is spent with `epsilon` more; null when that would exceed `limit`.
 */
export function spentWith(stored: unknown, epsilon: number, limit: number): number | null {
  const spent = stored ?? 0;
  if (typeof spent !== 'number' || !(spent >= 0)) return null;
  return spent + epsilon <= limit + ROUNDING ? spent + epsilon : null;
}
