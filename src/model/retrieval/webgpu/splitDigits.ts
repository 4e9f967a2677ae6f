/**
 * @module
 * The 16-bit query as two planes of int8 digits to the base 256: value = 256 × upper + lower.
 *
 * The packed product of WGSL is int8 by int8, with 32-bit sums that are exact. Two of them give the
 * sum of an int8 row with a 16-bit query, to the last unit.
 */

/**
 * @param values - each in [−32639, 32639], as `quantiseQuery` gives them.
 * @param upper - of the same length; written.
 * @param lower - of the same length; written.
 */
export function splitDigits(values: Int16Array, upper: Int8Array, lower: Int8Array): void {
  for (const [place, value] of values.entries()) {
    // Sign-extended: the lower digit is in [−128, 127], and the upper takes what that leaves.
    const digit = (value << 24) >> 24;
    lower[place] = digit;
    upper[place] = (value - digit) / 256;
  }
}
