/**
 * @module
 * decay: what is left of a weight as it ages.
 */
const DAY_MS = 86_400_000;

/** 2^(−age / half-life). An event of the future (a clock that was moved) counts as one of now. */
export function decay(ageMs: number, halfLifeDays: number | null): number {
  if (halfLifeDays === null || ageMs <= 0) return 1;
  return 2 ** (-ageMs / (halfLifeDays * DAY_MS));
}
