/**
 * @module
 * The model of one fold: trained, written as an artifact and read back, all in memory. What is
 * evaluated has been through the same rounding to int8 as what visitors download.
 */
import { SottoError } from '../../errors.ts';
import { decodeModel, factorStride } from '../artifact/decode.ts';
import { encodeModel } from '../artifact/encode.ts';
import type { Interactions } from '../interactions.ts';
import type { Model } from '../model.ts';
import { itemStatistics } from '../training/statistics.ts';
import { trainFactors, type TrainingOptions, type Workshop } from '../training/trainFactors.ts';

export interface FoldModelOptions extends TrainingOptions {
  halfLifeDays: number | null;
  trendingDays: number;
}

export async function trainFoldModel(
  training: Interactions,
  options: FoldModelOptions,
  workshop?: Workshop,
): Promise<Model> {
  const trained = await trainFactors(training, options, workshop);
  const { manifest, files } = await encodeModel({
    ids: training.itemIds,
    dim: options.dim,
    factors: trained.itemFactors,
    prior: trained.prior,
    objective: options.objective,
    halfLifeDays: options.halfLifeDays,
    trendingDays: options.trendingDays,
    statistics: itemStatistics(training, options.trendingDays),
    catalogue: {},
    createdAt: new Date(0).toISOString(), // thrown away with the model
  });
  const bytesOf = new Map(files.map(({ name, bytes }) => [name, bytes]));
  return decodeModel(
    manifest,
    ({ name }) => {
      const bytes = bytesOf.get(name);
      return bytes
        ? Promise.resolve(bytes)
        : Promise.reject(new SottoError('file-missing', `${name} was not encoded`));
    },
    new Int8Array(manifest.items * factorStride(manifest.dim)),
  );
}
