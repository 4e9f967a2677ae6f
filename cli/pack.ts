/**
 * @module
 * `sotto pack`: from factors trained elsewhere to a model's folder.
 */
import type { Command } from 'commander';
import { SottoError } from '../src/errors.ts';
import { encodeModel, type ModelParts } from '../src/model/artifact/encode.ts';
import { queryCount, sampleUsers, sampleVisitors } from '../src/model/artifact/sampleVisitors.ts';
import type { Catalogue } from '../src/model/model.ts';
import { writeModel } from './modelFolder.ts';
import { readMatrix, type Matrix } from './npy.ts';
import { addPublishingOptions, createdAt, type PublishingArguments } from './publishingOptions.ts';
import {
  addQuantizationOptions,
  quantise,
  quantizationLines,
  type QuantizationArguments,
} from './quantization.ts';
import { readIds } from './readers/readIds.ts';
import { catalogueOf, readItems } from './readers/readItems.ts';
import { grouped, report } from './report.ts';
import { addObjectiveOptions, objectiveOf, type ObjectiveArguments } from './trainingOptions.ts';

interface PackArguments extends PublishingArguments, ObjectiveArguments, QuantizationArguments {
  factors: string;
  ids: string;
  idColumn?: string[];
  userFactors?: string;
}

export function registerPack(program: Command): void {
  const command = program
    .command('pack')
    .description('pack item factors trained elsewhere')
    .requiredOption('--factors <file>', 'item factors: .npy, items × d, float32 or float64')
    .requiredOption('--ids <file>', 'item ids in the same order: JSON array, CSV or Parquet')
    .option('--id-column <names...>', 'column of ids in --ids')
    .option('--user-factors <file>', 'user factors: .npy; their mean becomes the prior');
  addPublishingOptions(addQuantizationOptions(addObjectiveOptions(command)), null).action(
    async (given: PackArguments) => pack(given),
  );
}

async function pack(given: PackArguments): Promise<void> {
  const factors = await readMatrix(given.factors);
  const ids = await readIds(given.ids, given.idColumn ?? []);
  if (ids.length !== factors.rows) {
    throw new SottoError(
      'invalid-argument',
      `--ids must name ${factors.rows} items, one a row of --factors, but names ${ids.length}`,
    );
  }
  const users = given.userFactors ? await readMatrix(given.userFactors) : null;
  if (users && users.dim !== factors.dim) {
    throw new SottoError(
      'invalid-argument',
      `--user-factors must have ${factors.dim} columns like --factors but has ${users.dim}`,
    );
  }
  const items = given.items
    ? await readItems(given.items, given.itemsIdColumn ?? [], 'keep')
    : null;
  const { popularity, trending, ...catalogue } = items
    ? catalogueOf(items, ids)
    : ({} as Catalogue);
  const { dim } = factors;
  const matrix = { ids, dim, factors: factors.values };
  const problem = {
    prior: users ? meanRow(users) : new Float64Array(dim),
    objective: objectiveOf(given),
  };
  const wanted = queryCount(ids.length);
  const chosen = await quantise(
    given,
    matrix,
    users ? sampleUsers(users.values, dim, wanted) : sampleVisitors(matrix, problem, wanted),
  );
  const parts: ModelParts = {
    ...matrix,
    ...problem,
    halfLifeDays: given.halfLifeDays,
    trendingDays: given.trendingDays,
    // Factors alone do not say who chose what; a column of --items may.
    statistics: {
      popularity: counts(popularity, ids.length),
      trending: counts(trending ?? popularity, ids.length),
    },
    catalogue,
    createdAt: createdAt(),
    ...(given.attribution === undefined ? {} : { attribution: given.attribution }),
  };
  const model = await encodeModel(parts, chosen.quantized, chosen.recall ?? undefined);
  const bytes = await writeModel(given.out, model);
  const document = {
    out: given.out,
    modelId: model.manifest.modelId,
    items: factors.rows,
    dim: factors.dim,
    quantization: chosen.kind,
    quantizationError: model.relativeError,
    recall: chosen.recall,
    bytes,
  };
  report(given.json, document, [
    ['items', grouped(factors.rows)],
    ['dim', String(factors.dim)],
    ...quantizationLines(chosen),
    ['bytes written', grouped(bytes)],
    ['model', `${document.modelId} in ${given.out}`],
  ]);
}

function meanRow({ rows, dim, values }: Matrix): Float64Array {
  const mean = new Float64Array(dim);
  for (let place = 0; place < values.length; place++) mean[place % dim] += values[place] / rows;
  return mean;
}

function counts(column: readonly unknown[] | undefined, length: number): number[] {
  return Array.from({ length }, (_, row) => {
    const value = Number(column?.[row] ?? 0);
    return Number.isFinite(value) && value > 0 ? value : 0;
  });
}
