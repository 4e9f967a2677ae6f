/**
 * @module
 * The ranker that a model asks for.
 */
import type { Model } from '../model.ts';
import { createBlendRanker } from './blend.ts';
import { createLearnedRanker } from './learned.ts';
import type { Ranker } from './types.ts';

export function createRanker(model: Model): Ranker {
  const { blend } = model.manifest;
  return blend ? createLearnedRanker(blend, model) : createBlendRanker();
}
