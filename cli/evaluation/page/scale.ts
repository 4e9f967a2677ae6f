/**
 * @module
 * Axes: from values to places, and the round numbers to mark.
 */

export interface Scale {
  at(value: number): number;
  ticks: number[];
  /** Decimals that tell the ticks apart. */
  decimals: number;
}

const ROUND_STEPS = [1, 2, 2.5, 5, 10];

/**
 * @param from - the place of `low`. @param to - the place of `high`; may lie before `from`.
 * @param wanted - about how many ticks.
 */
export function linearScale(
  low: number,
  high: number,
  from: number,
  to: number,
  wanted = 5,
): Scale {
  const spread = high - low || Math.abs(high) || 1;
  const rough = spread / wanted;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = ROUND_STEPS.map((round) => round * magnitude).find((round) => round >= rough)!;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  const [start, end] = [first * step, last * step];
  const decimals = Math.max(0, ...ticks.map((tick) => decimalsOf(tick, step)));
  return {
    at: (value) => from + ((value - start) / (end - start)) * (to - from),
    ticks,
    decimals,
  };
}

/** Of a tick, but for what is lost in rounding. */
function decimalsOf(tick: number, step: number): number {
  for (let decimals = 0; decimals < 8; decimals++) {
    if (Math.abs(tick - Number(tick.toFixed(decimals))) < step * 1e-6) return decimals;
  }
  return 8;
}
