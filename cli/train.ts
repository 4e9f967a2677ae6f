/**
 * @module
 * `sotto train`: from files of events to a model's folder.
 */
import type { Command } from 'commander';
import { encodeModel, type ModelParts } from '../src/model/artifact/encode.ts';
import { queryCount, sampleUsers } from '../src/model/artifact/sampleVisitors.ts';
import type { Catalogue } from '../src/model/model.ts';
import { segmentsOf } from '../src/model/training/segmentsOf.ts';
import { itemStatistics } from '../src/model/training/statistics.ts';
import { withNewItems } from '../src/model/training/withNewItems.ts';
import { trainFactors, type TrainedFactors } from '../src/model/training/trainFactors.ts';
import {
  addPublishingOptions,
  createdAt,
  DEFAULT_HALF_LIFE_DAYS,
  type PublishingArguments,
} from './publishingOptions.ts';
import { writeModel } from './modelFolder.ts';
import { createProgress } from './progress.ts';
import {
  addQuantizationOptions,
  quantise,
  quantizationLines,
  type QuantizationArguments,
} from './quantization.ts';
import { catalogueOf, newItemsOf, readItems } from './readers/readItems.ts';
import { readInteractions, type ReadResult } from './readers/readInteractions.ts';
import { addReadingOptions, readOptions, type ReadingArguments } from './readingOptions.ts';
import { grouped, report, type ReportLine } from './report.ts';
import { createThreadedWorkshop } from './threadedWorkshop.ts';
import { addTrainingOptions, trainingOptions, type TrainingArguments } from './trainingOptions.ts';

interface TrainArguments
  extends ReadingArguments, TrainingArguments, PublishingArguments, QuantizationArguments {
  halfLifeDays: number | null;
  segmentColumn?: string[];
  newItems: boolean;
}

export function registerTrain(program: Command): void {
  const command = program.command('train').description('train item factors from interactions');
  addPublishingOptions(
    addQuantizationOptions(addTrainingOptions(addReadingOptions(command))),
    DEFAULT_HALF_LIFE_DAYS,
  )
    .option(
      '--segment-column <names...>',
      'column of what is known of newcomers (a country): where they start from',
    )
    .option('--no-new-items', 'leave items of --items out that nobody has had')
    .action(async (given: TrainArguments) => train(given));
}

async function train(given: TrainArguments): Promise<void> {
  const startedMs = performance.now();
  const read = await readWithProgress(given);
  const { interactions } = read;
  // Read before the long part: a mistake in it should not cost a training.
  const items = given.items
    ? await readItems(given.items, given.itemsIdColumn ?? [], given.itemCase)
    : null;
  const readMs = performance.now();
  const options = trainingOptions(given, read);
  const trained = await trainWithProgress(read, options, given);
  const trainedMs = performance.now();

  const catalogue: Catalogue = {
    ...(read.titles ? { title: read.titles } : {}),
    ...(read.prices ? { price: read.prices } : {}),
    ...(items ? catalogueOf(items, interactions.itemIds) : {}),
  };
  const factors = { ids: interactions.itemIds, dim: options.dim, factors: trained.itemFactors };
  const users = sampleUsers(trained.userFactors, options.dim, queryCount(factors.ids.length));
  const ofTrained: ModelParts = {
    ...factors,
    prior: trained.prior,
    objective: options.objective,
    halfLifeDays: given.halfLifeDays,
    trendingDays: given.trendingDays,
    statistics: itemStatistics(interactions, given.trendingDays),
    catalogue,
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
    createdAt: createdAt(),
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
    files: read.report.files,
    users: interactions.userIds.length,
    items: interactions.itemIds.length,
    newItems: parts.ids.length - interactions.itemIds.length,
    pairs: trained.pairs,
    segments: parts.segments?.segments.map(({ name, users }) => ({ name, users })) ?? null,
    ...options,
    threads: given.threads,
    quantization: chosen.kind,
    quantizationError: model.relativeError,
    recall: chosen.recall,
    seconds,
    bytes,
  };
  report(given.json, document, summaryLines(document, quantizationLines(chosen)));
}

async function readWithProgress(given: TrainArguments): Promise<ReadResult> {
  let bar: ReturnType<typeof createProgress> | null = null;
  try {
    return await readInteractions(given.interactions, {
      ...readOptions(given),
      onRows: (rows, totalRows) => {
        bar ??= createProgress('reading ', totalRows ?? rows, given.json);
        bar.update(rows, `${grouped(rows)} rows`);
      },
    });
  } finally {
    // Assigned in the callback, which the compiler does not follow.
    (bar as ReturnType<typeof createProgress> | null)?.stop();
  }
}

async function trainWithProgress(
  { interactions }: ReadResult,
  options: ReturnType<typeof trainingOptions>,
  given: TrainArguments,
): Promise<TrainedFactors> {
  const { userIds, itemIds } = interactions;
  const totalRows = options.epochs * (userIds.length + itemIds.length) + userIds.length;
  const bar = createProgress('training', totalRows, given.json);
  const startedMs = performance.now();
  const workshop = createThreadedWorkshop(given.threads, (progress) => {
    const epoch = Math.min(progress.epoch + 1, options.epochs);
    const rate = (progress.totalRows / (performance.now() - startedMs)) * 1000;
    bar.update(
      progress.totalRows,
      `epoch ${epoch}/${options.epochs} · ${grouped(Math.round(rate))} rows/s`,
    );
  });
  try {
    return await trainFactors(interactions, options, workshop);
  } finally {
    bar.stop();
    await workshop.close();
  }
}

interface Summary {
  out: string;
  modelId: string;
  rows: number;
  kept: number;
  dropped: Record<string, number>;
  users: number;
  items: number;
  newItems: number;
  pairs: number;
  segments: { name: string; users: number }[] | null;
  seconds: { read: number; train: number; total: number };
  bytes: number;
}

function summaryLines(done: Summary, quantization: readonly ReportLine[]): ReportLine[] {
  return [
    ['rows read', grouped(done.rows)],
    ...Object.entries(done.dropped).map(([reason, rows]): ReportLine => [
      'left out',
      `${grouped(rows)} (${reason})`,
    ]),
    ['rows kept', grouped(done.kept)],
    ['users', grouped(done.users)],
    ['items', grouped(done.items)],
    ...(done.newItems > 0 ? [['new items', grouped(done.newItems)] as ReportLine] : []),
    ['pairs', grouped(done.pairs)],
    ...(done.segments ? [['segments', String(done.segments.length)] as ReportLine] : []),
    [
      'seconds',
      `${done.seconds.total} (reading ${done.seconds.read}, training ${done.seconds.train})`,
    ],
    ...quantization,
    ['bytes written', grouped(done.bytes)],
    ['model', `${done.modelId} in ${done.out}`],
  ];
}

function toSeconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}
