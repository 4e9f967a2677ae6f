/**
 * @module
 * createShopModels: models of parts of the shop's events, with the default blend, as a visitor has
 * them: rounded, written and read back.
 */
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { encodeModel } from '../../src/model/artifact/encode.ts';
import { readBack } from '../../src/model/artifact/readBack.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import type { Catalogue, Model } from '../../src/model/model.ts';
import { defaultBlend } from '../../src/model/training/blend/defaultBlend.ts';
import { assemble } from '../../src/model/training/trainModel.ts';
import { MODEL_OPTIONS } from './options.ts';

/** @param catalogueOf - metadata by column for these items, in their order. */
export function createShopModels(
  catalogueOf: (itemIds: readonly string[]) => Catalogue,
): (table: Interactions, epochs: number) => Promise<Model> {
  const trainer = createInlineTrainer();
  return async (table, epochs) => {
    const options = { ...MODEL_OPTIONS, epochs };
    const trained = await trainer.factors(table, options, 'whole');
    const catalogue = catalogueOf(table.itemIds);
    const parts = await assemble(table, trained, catalogue, options, defaultBlend(), trainer);
    return readBack(await encodeModel({ ...parts, createdAt: new Date(0).toISOString() }));
  };
}
