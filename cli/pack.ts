/**
 * @module
 * `sotto pack`: from factors trained elsewhere to a model's folder.
 */
import type { Command } from 'commander';
import { SottoError } from '../src/errors.ts';
import { encodeModel } from '../src/model/artifact/encode.ts';
import type { Catalogue } from '../src/model/model.ts';
import { writeModel } from './modelFolder.ts';
import { readMatrix, type Matrix } from './matrix.ts';
import { addPublishingOptions, createdAt, type PublishingArguments } from './publishingOptions.ts';
import { readIds } from './readers/readIds.ts';
import { catalogueOf, readItems } from './readers/readItems.ts';
import { grouped, report } from './report.ts';
import { addObjectiveOptions, objectiveOf, type ObjectiveArguments } from './trainingOptions.ts';

interface PackArguments extends PublishingArguments, ObjectiveArguments {
  factors: string;
  ids: string;
  idColumn?: string[];
  factorsArray?: string;
  factorsColumn?: string[];
  userFactors?: string;
}

export function registerPack(program: Command): void {
  const command = program
    .command('pack')
    .description('pack item factors trained elsewhere')
    .requiredOption('--factors <file>', 'item factors, items × d: .npy, .npz or Parquet')
    .option('--factors-array <name>', 'array of an .npz; default item_factors, or the only one')
    .option(
      '--factors-column <names...>',
      'columns of a Parquet file: one of lists, or d of numbers',
    )
    .requiredOption('--ids <file>', 'item ids in the same order: JSON array, CSV or Parquet')
    .option('--id-column <names...>', 'column of ids in --ids')
    .option(
      '--user-factors <file>',
      'user factors: .npy, .npz (user_factors) or Parquet; their mean becomes the prior',
    );
  addPublishingOptions(addObjectiveOptions(command), null).action(async (given: PackArguments) =>
    pack(given),
  );
}

async function pack(given: PackArguments): Promise<void> {
  const factors = await readMatrix(given.factors, {
    array: given.factorsArray ?? null,
    usualArray: 'item_factors',
    columns: given.factorsColumn ?? [],
  });
  const ids = await readIds(given.ids, given.idColumn ?? []);
  if (ids.length !== factors.rows) {
    throw new SottoError(
      'invalid-argument',
      `--ids must name ${factors.rows} items, one a row of --factors, but names ${ids.length}`,
    );
  }
  const users = given.userFactors
    ? await readMatrix(given.userFactors, {
        array: null,
        usualArray: 'user_factors',
        columns: given.factorsColumn ?? [],
      })
    : null;
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
  const model = await encodeModel({
    ids,
    dim: factors.dim,
    factors: factors.values,
    prior: users ? meanRow(users) : new Float64Array(factors.dim),
    objective: objectiveOf(given),
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
  });
  const bytes = await writeModel(given.out, model);
  const document = {
    out: given.out,
    modelId: model.manifest.modelId,
    items: factors.rows,
    dim: factors.dim,
    quantizationError: model.relativeError,
    bytes,
  };
  report(given.json, document, [
    ['items', grouped(factors.rows)],
    ['dim', String(factors.dim)],
    ['int8 error', `${(model.relativeError * 100).toFixed(2)} % of the factors' magnitude`],
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
