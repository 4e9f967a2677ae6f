/**
 * @module
 * What every measurement has in common: the seed, and the options that `sotto train` has by default.
 */
import type { ModelOptions } from '../../src/model/training/trainModel.ts';

export const SEED = 1;
export const DAY_MS = 86_400_000;

export const MODEL_OPTIONS = {
  dim: 64,
  epochs: 10,
  objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
  repeat: 'once',
  trainingHalfLifeDays: 180,
  seed: SEED,
  halfLifeDays: 90,
  trendingDays: 60,
} as const satisfies ModelOptions;
