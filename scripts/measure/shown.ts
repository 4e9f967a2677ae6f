/**
 * @module
 * Estimates as the measurements print them.
 */
import type { Estimate } from '../../src/model/evaluation/bootstrap.ts';

export function shown({ mean, low, high }: Estimate): string {
  return `${mean.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
}

export function shownDifference({ mean, low, high }: Estimate): string {
  return `${signed(mean)} [${signed(low)}, ${signed(high)}]`;
}

export function shownRatio({ mean, low, high }: Estimate): string {
  return `× ${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
