/**
 * @module
 * Reads bytes and does nothing with them: what a scan of as many cannot go below. For benchmarks; no
 * visitor downloads it.
 */

/** @param bytes - a multiple of 64, as is `at`. @returns something that depends on all of them. */
export function readBytes(at: usize, bytes: usize): i32 {
  let even = i32x4.splat(0);
  let odd = i32x4.splat(0);
  for (const end = at + bytes; at < end; at += 64) {
    even = v128.xor(v128.xor(even, v128.load(at)), v128.load(at, 16));
    odd = v128.xor(v128.xor(odd, v128.load(at, 32)), v128.load(at, 48));
  }
  return i32x4.extract_lane(v128.xor(even, odd), 0);
}
