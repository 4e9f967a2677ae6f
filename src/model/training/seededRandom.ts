/**
 * @module
 * Seeded random numbers, the same on every machine: only integer operations, sums and products,
 * none of the functions (log, cos) that engines may round differently.
 */

/** @returns a generator of numbers in [0, 1), 32 bits each; equal seeds give equal sequences. */
export function seededRandom(seed: number): () => number {
  // Weyl sequence through a finaliser: every state is visited once, any seed is a good one.
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/**
 * Nearly normal (mean 0, variance 1): the sum of twelve uniforms, which is all that a starting
 * point for alternating least squares needs.
 */
export function nearlyNormal(random: () => number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw++) sum += random();
  return sum;
}
