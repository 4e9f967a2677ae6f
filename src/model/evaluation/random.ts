/**
 * @module
 * Repeatable chance: a hash of a text under a seed, and a shuffle by a given generator.
 */

/** A stream of numbers in [0, 1). */
export type Random = () => number;

/** Every bit of the input moves about half of the bits of the output (MurmurHash3's finaliser). */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** @returns a whole number in [0, 2³²): FNV-1a over UTF-16 code units, started from the seed. */
export function hashText(text: string, seed: number): number {
  let hash = mix(seed ^ 0x811c9dc5);
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix(hash);
}

/** Shuffles in place, every order equally likely (Fisher–Yates). */
export function shuffle<T>(values: T[], random: Random): T[] {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
  return values;
}
