/**
 * @module
 * `sotto train`: from files of events to a model's folder.
 */
import type { Command } from 'commander';
import { encodeModel } from '../src/model/artifact/encode.ts';
import type { ModelParts } from '../src/model/artifact/modelParts.ts';
import { queryCount, sampleUsers } from '../src/model/artifact/sampleVisitors.ts';
import { segmentsOf } from '../src/model/training/segmentsOf.ts';
import type { TrainingOptions } from '../src/model/training/trainFactors.ts';
import { trainModel, type ModelTraining } from '../src/model/training/trainModel.ts';
import { withNewItems } from '../src/model/training/withNewItems.ts';
import { addPublishingOptions, createdAt, type PublishingArguments } from './publishingOptions.ts';
import { addHalfLifeOptions, halfLivesOf, type HalfLifeArguments } from './halfLives.ts';
import { catalogueFor, metadataOf } from './itemMetadata.ts';
import { itemsGiven } from './itemsOptions.ts';
import { writeModel } from './modelFolder.ts';
import {
  addQuantizationOptions,
  quantise,
  quantizationLines,
  type QuantizationArguments,
} from './quantization.ts';
import { coverageOf, newItemsOf, type ItemsFile } from './readers/readItems.ts';
import type { ReadResult } from './readers/readInteractions.ts';
import { addReadingOptions, type ReadingArguments } from './readingOptions.ts';
import { readWithProgress } from './readWithProgress.ts';
import { report } from './report.ts';
import { createThreadedTrainer } from './threadedTrainer.ts';
import { createTrainingBars } from './train/progressBars.ts';
import { summaryLines } from './train/summary.ts';
import { addTrainingOptions, trainingOptions, type TrainingArguments } from './trainingOptions.ts';

interface TrainArguments
  extends
    ReadingArguments,
    TrainingArguments,
    PublishingArguments,
    QuantizationArguments,
    HalfLifeArguments {
  segmentColumn?: string[];
  newItems: boolean;
}

export function registerTrain(program: Command): void {
  const command = program.command('train').description('train item factors from interactions');
  addPublishingOptions(
    addQuantizationOptions(addHalfLifeOptions(addTrainingOptions(addReadingOptions(command)))),
  )
    .option(
      '--segment-column <names...>',
      'column of what is known of newcomers (a country): where they start from',
    )
    .option('--no-new-items', 'leave items of --items out that nobody has had')
    .addHelpText(
      'after',
      '\nExample:\n  sotto train --interactions orders.csv --items products.csv --out public/models/shop',
    )
    .action(async (given: TrainArguments) => train(given));
}

async function train(given: TrainArguments): Promise<void> {
  const startedMs = performance.now();
  const created = createdAt();
  const read = await readWithProgress(given);
  const { interactions } = read;
  const items = await itemsGiven(given, given.itemCase);
  const readMs = performance.now();
  const options = trainingOptions(given, read);
  const made = await trainWithProgress(read, items, options, given);
  const { trained } = made;
  const trainedMs = performance.now();

  const factors = { ids: interactions.itemIds, dim: options.dim, factors: trained.itemFactors };
  const users = sampleUsers(trained.userFactors, options.dim, queryCount(factors.ids.length));
  const ofTrained: ModelParts = {
    ...made.parts,
    segments:
      read.segments &&
      segmentsOf(
        given.segmentColumn?.join(' or ') ?? '',
        read.segments,
        interactions,
        trained.userFactors,
        trained.prior,
        given.trendingDays,
      ),
    createdAt: created,
    ...(given.attribution === undefined ? {} : { attribution: given.attribution }),
    training: {
      users: interactions.userIds.length,
      interactions: interactions.users.length,
      epochs: options.epochs,
      seed: options.seed,
    },
  };
  const parts =
    items && given.newItems
      ? withNewItems(ofTrained, ...newItemsOf(items, factors.ids, given.itemPattern))
      : ofTrained;
  const chosen = await quantise(given, parts, users);
  const model = await encodeModel(parts, chosen.quantized, chosen.recall ?? undefined);
  const bytes = await writeModel(given.out, model);
  const seconds = {
    read: toSeconds(readMs - startedMs),
    train: toSeconds(trainedMs - readMs),
    total: toSeconds(performance.now() - startedMs),
  };
  const document = {
    out: given.out,
    modelId: model.manifest.modelId,
    rows: read.report.rows,
    kept: read.report.kept,
    dropped: read.report.dropped,
    examples: read.report.examples,
    files: read.report.files,
    times: timesOf(interactions.timestamps),
    metadata: items && coverageOf(items, interactions.itemIds),
    users: interactions.userIds.length,
    items: interactions.itemIds.length,
    newItems: parts.ids.length - interactions.itemIds.length,
    pairs: trained.pairs,
    segments: parts.segments?.segments.map(({ name, users }) => ({ name, users })) ?? null,
    ...options,
    halfLifeDays: parts.halfLifeDays,
    halfLivesTried: made.lesson?.tried ?? [],
    blend: made.parts.blend ?? null,
    blendRefused: made.lesson?.refused ?? null,
    threads: given.threads,
    quantization: chosen.kind,
    quantizationError: model.relativeError,
    recall: chosen.recall,
    seconds,
    bytes,
  };
  report(given.json, document, summaryLines(document, quantizationLines(chosen)));
}

function trainWithProgress(
  read: ReadResult,
  items: ItemsFile | null,
  options: TrainingOptions,
  given: TrainArguments,
): Promise<ModelTraining> {
  const { interactions } = read;
  const catalogue = catalogueFor({ interactions, metadata: metadataOf(read, items) });
  const bars = createTrainingBars();
  const { trendingDays, blend } = given;
  const modelOptions = { ...options, ...halfLivesOf(given), trendingDays, blend };
  const trainer = createThreadedTrainer(given.threads, (progress) => bars.update(progress));
  return trainModel(interactions, catalogue, modelOptions, trainer).finally(bars.stop);
}

/** The first and the last day, where there are times. */
function timesOf(timestamps: Float64Array | null): { first: string; last: string } | null {
  if (!timestamps) return null;
  let [first, last] = [Infinity, -Infinity];
  for (const timestampMs of timestamps) {
    first = Math.min(first, timestampMs);
    last = Math.max(last, timestampMs);
  }
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  return { first: day(first), last: day(last) };
}

function toSeconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}
