/**
 * @module
 * The blend of a model whose data is too small for one of its own: about what was learned on
 * Online Retail II (docs/quality.md), without what is of that shop alone.
 */
import type { Blend } from '../../blend.ts';

/** Chosen on the validation period of docs/quality.md. */
export const RECENT_HALF_LIFE_DAYS = 10;

/** What was counted a month ago says half as much of today. */
export const FRESH_HALF_LIFE_DAYS = 30;

export function defaultBlend(): Blend {
  return {
    recentHalfLifeDays: RECENT_HALF_LIFE_DAYS,
    signals: [
      { signal: 'similarity', weight: 0.55, whenNew: 0, spread: 0.8 },
      { signal: 'companions', weight: 0.55, whenNew: 0, spread: 1 },
      { signal: 'recentCompanions', weight: 0.1, whenNew: 0, spread: 0.8 },
      { signal: 'words', weight: 0.1, whenNew: 0, spread: 0.6 },
      { signal: 'trending', weight: 0.1, whenNew: 0.5, spread: 1 },
      // Seen and left alone: each time it is shown again, a little less.
      { signal: 'fatigue', weight: 0.1, whenNew: 0, spread: 1 },
    ],
  };
}
