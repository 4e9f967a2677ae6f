/**
 * @module
 * The ranker that a model asks for: the learned blend where it has one, else the plain one.
 */
import type { Model } from '../model.ts';
import { createBlendRanker } from './blend.ts';
import { createLearnedRanker } from './learned.ts';
import type { Ranker } from './types.ts';

/** @param trendExponent - of the plain one. */
export function createRanker(model: Model, trendExponent?: number): Ranker {
  const { blend } = model.manifest;
  return blend ? createLearnedRanker(blend, model) : createBlendRanker(trendExponent);
}
