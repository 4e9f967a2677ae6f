/**
 * @module
 * A whole model from interactions: factors, neighbours, statistics and the blend of them, learned on
 * a validation period of the same table. What `sotto train` publishes and `sotto evaluate` measures.
 */
import type { ModelParts } from '../artifact/modelParts.ts';
import { encodeModel } from '../artifact/encode.ts';
import { readBack } from '../artifact/readBack.ts';
import type { Blend } from '../blend.ts';
import type { Interactions } from '../interactions.ts';
import type { Catalogue, ItemNeighbours } from '../model.ts';
import type { HalfLifeAxis } from './blend/chooseHalfLives.ts';
import { defaultBlend } from './blend/defaultBlend.ts';
import {
  learnBlend,
  type BlendLesson,
  type Fading,
  type LessonOptions,
} from './blend/learnBlend.ts';
import { trainNeighbours, type EventWeighing } from './neighbours/trainNeighbours.ts';
import { timedStatistics } from './seasons.ts';
import { itemStatistics } from './statistics.ts';
import { trainFactors, type TrainedFactors, type TrainingOptions } from './trainFactors.ts';

export interface ModelOptions extends TrainingOptions {
  /** Days until a visitor's event counts half; null: never. */
  halfLifeDays: number | null;
  /** The same of `recentCompanions`. Default 10. */
  recentHalfLifeDays?: number;
  /**
   * Which of the two is only where the search for a better one begins, if the blend is learned for
   * `later` lists. Default: none.
   */
  chooseHalfLives?: readonly HalfLifeAxis[];
  trendingDays: number;
  /** `plain`: similarity and trend alone, without neighbours. Default `learned`. */
  blend?: 'learned' | 'plain';
  /** What the blend is learned for; see `LessonOptions`. Default `later`. */
  blendLists?: LessonOptions['lists'];
}

/** `validation`: of the earlier events, to learn the blend on. */
export type TrainingStage = 'validation' | 'whole';

export interface Trainer {
  factors: (
    interactions: Interactions,
    options: TrainingOptions,
    stage: TrainingStage,
  ) => Promise<TrainedFactors>;
  neighbours: (interactions: Interactions, weighing: EventWeighing) => Promise<ItemNeighbours>;
}

/** This thread, plain JavaScript. */
export const INLINE_TRAINER: Trainer = {
  factors: (interactions, options) => trainFactors(interactions, options),
  neighbours: (interactions, weighing) => Promise.resolve(trainNeighbours(interactions, weighing)),
};

export interface ModelTraining {
  trained: TrainedFactors;
  /** All that a model is made of but its texts. */
  parts: Omit<ModelParts, 'createdAt' | 'attribution' | 'training'>;
  lesson: BlendLesson | null;
}

/** Enough for factors that only teach the blend: more do no better (docs/quality.md). */
const VALIDATION_EPOCHS = 5;

/** Every event counts the same, whenever it was. */
const LASTING: Fading = { halfLifeDays: null, trainingHalfLifeDays: null };

/** @param catalogueOf - metadata by column for these items, in their order. */
export async function trainModel(
  interactions: Interactions,
  catalogueOf: (itemIds: readonly string[]) => Catalogue,
  options: ModelOptions,
  trainer: Trainer = INLINE_TRAINER,
): Promise<ModelTraining> {
  const asked: Fading = {
    halfLifeDays: options.halfLifeDays,
    trainingHalfLifeDays: options.trainingHalfLifeDays ?? null,
  };
  const lists = options.blendLists ?? 'later';
  const lesson =
    options.blend === 'plain'
      ? null
      : await learnBlend(
          interactions,
          async (earlier, fading) => {
            const epochs = Math.min(options.epochs, VALIDATION_EPOCHS);
            const fewer = { ...options, ...fading, epochs };
            const trained = await trainer.factors(earlier, fewer, 'validation');
            const catalogue = catalogueOf(earlier.itemIds);
            const parts = await assemble(
              earlier,
              trained,
              catalogue,
              fewer,
              defaultBlend(),
              trainer,
            );
            return readBack(await encodeModel({ ...parts, createdAt: new Date(0).toISOString() }));
          },
          {
            // Where time plays no part, nothing should fade; whether it should is tried.
            fadings: lists === 'later' ? [asked] : [asked, LASTING],
            choose: (lists === 'later' && options.chooseHalfLives) || [],
            ...(options.recentHalfLifeDays && { recentHalfLifeDays: options.recentHalfLifeDays }),
            lists,
            seed: options.seed,
          },
        );
  const chosen = { ...options, ...(lesson?.fading ?? asked) };
  const trained = await trainer.factors(interactions, chosen, 'whole');
  const catalogue = catalogueOf(interactions.itemIds);
  const blend = lesson && lesson.blend;
  return {
    trained,
    parts: await assemble(interactions, trained, catalogue, chosen, blend, trainer),
    lesson,
  };
}

/** @param blend - null: similarity and trend alone, without neighbours. */
export async function assemble(
  interactions: Interactions,
  trained: TrainedFactors,
  catalogue: Catalogue,
  options: ModelOptions,
  blend: Blend | null,
  trainer: Trainer,
): Promise<ModelTraining['parts']> {
  return {
    ids: interactions.itemIds,
    dim: options.dim,
    factors: trained.itemFactors,
    prior: trained.prior,
    objective: options.objective,
    halfLifeDays: options.halfLifeDays,
    trendingDays: options.trendingDays,
    ...countedAtOf(interactions),
    statistics: {
      ...itemStatistics(interactions, options.trendingDays),
      ...(blend ? timedStatistics(interactions) : {}),
    },
    ...(blend ? { neighbours: await trainer.neighbours(interactions, options), blend } : {}),
    catalogue,
  };
}

/** When the statistics of a table are from: its newest event. Nothing without times. */
export function countedAtOf({ timestamps }: Interactions): { countedAt?: string } {
  if (!timestamps) return {};
  const newestMs = timestamps.reduce((newest, timestamp) => Math.max(newest, timestamp), -Infinity);
  return { countedAt: new Date(newestMs).toISOString() };
}
