/**
 * @module
 * Evidence on a logarithmic scale: twice as much of it is not twice as convincing. Odd, rising, and
 * a straight line near zero.
 */

/** @param unit - above 0: where the line begins to bend. */
export function compress(value: number, unit: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value) / unit);
}
