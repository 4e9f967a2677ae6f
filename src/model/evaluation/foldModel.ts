/**
 * @module
 * The model of one fold: trained, written as an artifact and read back, all in memory. What is
 * evaluated has been through the same rounding to int8 as what visitors download.
 */
import { encodeModel } from '../artifact/encode.ts';
import { readBack } from '../artifact/readBack.ts';
import type { Interactions } from '../interactions.ts';
import type { Catalogue, Model } from '../model.ts';
import { INLINE_TRAINER, trainModel, type ModelOptions } from '../training/trainModel.ts';

export type FoldModelOptions = ModelOptions;

/** @param catalogueOf - metadata by column for these items, in their order. */
export async function trainFoldModel(
  training: Interactions,
  options: FoldModelOptions,
  trainer = INLINE_TRAINER,
  catalogueOf: (itemIds: readonly string[]) => Catalogue = () => ({}),
): Promise<Model> {
  const { parts } = await trainModel(training, catalogueOf, options, trainer);
  // The date is thrown away with the model.
  return readBack(await encodeModel({ ...parts, createdAt: new Date(0).toISOString() }));
}
