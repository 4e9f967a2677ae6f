/**
 * @module
 * `sotto refresh`: the statistics of a model's folder counted anew, in the seconds that it takes to
 * read the events. For every night, between two trainings.
 */
import type { Command } from 'commander';
import { SottoError } from '../src/errors.ts';
import { createColumnsDecoder } from '../src/model/artifact/decodeColumns.ts';
import { filesOf, type Manifest } from '../src/model/artifact/manifest.ts';
import { recount, type NewCounts } from '../src/model/artifact/recount.ts';
import { onItems } from '../src/model/evaluation/onItems.ts';
import type { Interactions } from '../src/model/interactions.ts';
import type { Catalogue } from '../src/model/model.ts';
import { countedAtOf } from '../src/model/training/countedAtOf.ts';
import { timedStatistics } from '../src/model/training/seasons.ts';
import { membersOf, segmentTrends } from '../src/model/training/segmentsOf.ts';
import { itemStatistics } from '../src/model/training/statistics.ts';
import { readManifest, readVerified, writeModel } from './modelFolder.ts';
import { addReadingOptions, type ReadingArguments } from './readingOptions.ts';
import { readWithProgress } from './readWithProgress.ts';
import { report } from './report.ts';
import { refreshLines } from './refresh/refreshLines.ts';

interface RefreshArguments extends ReadingArguments {
  json: boolean;
}

export function registerRefresh(program: Command): void {
  const command = program
    .command('refresh')
    .description("count a model's statistics anew, from the events up to now")
    .argument('<folder>', "the model's folder, which is written to");
  addReadingOptions(command)
    .option(
      '--segment-column <names...>',
      'as in train: counts anew what is trending in the segments too',
    )
    .option('--json', 'print one JSON document and nothing else', false)
    .addHelpText(
      'after',
      '\nWith the events of the whole time, as in train, and the same options of reading.' +
        '\n\nExample:\n  sotto refresh public/models/shop --interactions orders.csv',
    )
    .action(async (folder: string, given: RefreshArguments) => refresh(folder, given));
}

async function refresh(folder: string, given: RefreshArguments): Promise<void> {
  const startedMs = performance.now();
  const manifest = await readManifest(folder);
  const ids = await idsOf(folder, manifest);
  const former = await statisticsOf(folder, manifest);
  // Before the long part: a mistake should not cost it.
  const formerSegments = given.segmentColumn ? await segmentsOf(folder, manifest) : null;
  const read = await readWithProgress(given);
  const known = onItems(read.interactions, ids);
  requireKnown(known, folder);
  requireTimes(known, former);
  const { columns, countedAt } = countAnew(known, manifest, former);
  const segments =
    formerSegments && read.segments
      ? segmentsAnew(formerSegments, read.segments, known, manifest.trendingDays)
      : undefined;
  const recounted = await recount(manifest, { columns, ...countedAt, segments });
  await writeModel(folder, recounted, folder);
  const document = {
    folder,
    modelId: recounted.manifest.modelId,
    formerModelId: manifest.modelId,
    countedAt: recounted.manifest.countedAt ?? null,
    formerlyCountedAt: manifest.countedAt ?? null,
    rows: read.report.rows,
    kept: read.report.kept,
    dropped: read.report.dropped,
    examples: read.report.examples,
    counted: known.users.length,
    ...unknownOf(read.interactions, ids),
    pairs: sumOf(columns['popularity']),
    formerPairs: sumOf(former['popularity']),
    segments: segments === undefined ? null : segments.segments.length,
    hasSegments: filesOf(manifest, 'segments').length > 0,
    seconds: Math.round(performance.now() - startedMs) / 1000,
    bytes: recounted.files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
  report(given.json, document, refreshLines(document));
}

/** By row. */
async function idsOf(folder: string, manifest: Manifest): Promise<string[]> {
  const shards: string[][] = [];
  for (const file of filesOf(manifest, 'ids')) {
    shards.push(JSON.parse((await readVerified(folder, file)).toString('utf8')) as string[]);
  }
  return shards.flat();
}

async function statisticsOf(folder: string, manifest: Manifest): Promise<Catalogue> {
  const whole = createColumnsDecoder(manifest.items);
  for (const file of filesOf(manifest, 'statistics')) {
    whole.add(file, JSON.parse((await readVerified(folder, file)).toString('utf8')));
  }
  return whole.columns;
}

/** Ids of another kind, in another case: a model of nothing but zeros would be written. */
function requireKnown({ users }: Interactions, folder: string): void {
  if (users.length > 0) return;
  throw new SottoError(
    'no-rows',
    `no event is of an item of ${folder}: are these its ids, read as in training (--item-case)?`,
  );
}

/** Without them nothing would be trending, and no season would be left. */
function requireTimes({ timestamps }: Interactions, former: Catalogue): void {
  if (timestamps === null && 'recent10' in former) {
    throw new SottoError(
      'column-missing',
      'the model has counts of days and months, so the events need times (--time-column)',
    );
  }
}

/** As training counts; what it did not count stays as it is. */
function countAnew(
  known: Interactions,
  { trendingDays }: Manifest,
  former: Catalogue,
): { columns: NewCounts['columns']; countedAt: { countedAt?: string } } {
  const columns = {
    ...former,
    ...itemStatistics(known, trendingDays),
    ...('recent10' in former ? timedStatistics(known) : {}),
  };
  return { columns, countedAt: countedAtOf(known) };
}

interface SegmentsFile {
  column: string;
  trendingUsers: number;
  segments: { name: string; rows: number[]; counts: number[] }[];
}

async function segmentsOf(folder: string, manifest: Manifest): Promise<SegmentsFile> {
  const [file] = filesOf(manifest, 'segments');
  if (!file) {
    throw new SottoError(
      'invalid-argument',
      `--segment-column must be left out: ${folder} has no segments`,
    );
  }
  return JSON.parse((await readVerified(folder, file)).toString('utf8')) as SegmentsFile;
}

/**
 * The same segments and where they start from, with what is trending in them now.
 * @param segmentOf - by user of `known`; null: of none.
 */
function segmentsAnew(
  former: SegmentsFile,
  segmentOf: readonly (string | null)[],
  known: Interactions,
  trendingDays: number,
): SegmentsFile {
  const trends = segmentTrends(membersOf(segmentOf), known, trendingDays);
  return {
    ...former,
    trendingUsers: trends.trendingUsers,
    segments: former.segments.map((segment) => {
      const trending = trends.trendingIn(segment.name);
      const rows = trending.map(([row]) => row);
      return { ...segment, rows, counts: trending.map(([, count]) => count) };
    }),
  };
}

/** Events and items that only a training can take in. */
function unknownOf(
  { items, itemIds }: Interactions,
  ids: readonly string[],
): { unknownEvents: number; unknownItems: number } {
  const known = new Set(ids);
  const isUnknown = itemIds.map((id) => !known.has(id));
  let unknownEvents = 0;
  for (const item of items) if (isUnknown[item]) unknownEvents++;
  return { unknownEvents, unknownItems: isUnknown.filter(Boolean).length };
}

function sumOf(column: readonly unknown[] = []): number {
  return (column as readonly number[]).reduce((sum, value) => sum + value, 0);
}
