/**
 * @module
 * `sotto pack`: from factors trained elsewhere to a model's folder.
 */
import { type Command, Option } from 'commander';
import { encodeModel } from '../src/model/artifact/encode.ts';
import type { ModelParts } from '../src/model/artifact/modelParts.ts';
import { queryCount, sampleUsers, sampleVisitors } from '../src/model/artifact/sampleVisitors.ts';
import type { Catalogue } from '../src/model/model.ts';
import type { Objective } from '../src/model/objective.ts';
import { oneOf } from './arguments.ts';
import { halfLifeOption } from './halfLives.ts';
import { itemsGiven } from './itemsOptions.ts';
import type { Matrix } from './matrixTypes.ts';
import { writeModel } from './modelFolder.ts';
import { readTrained } from './pack/readTrained.ts';
import { PROGRAMS, type SourceArguments } from './pack/types.ts';
import { addPublishingOptions, createdAt, type PublishingArguments } from './publishingOptions.ts';
import {
  addQuantizationOptions,
  quantise,
  quantizationLines,
  type QuantizationArguments,
} from './quantization.ts';
import { catalogueOf } from './readers/readItems.ts';
import { grouped, report } from './report.ts';
import { addObjectiveOptions } from './trainingOptions.ts';

type PackArguments = PublishingArguments &
  SourceArguments &
  QuantizationArguments & { halfLifeDays: number | null };

export function registerPack(program: Command): void {
  const command = program
    .command('pack')
    .description('pack item factors trained elsewhere')
    .argument('[saved]', 'with --from: the .npz of implicit, the folder of Spark')
    .addOption(
      new Option(
        '--from <program>',
        'implicit or spark: read what it saved, instead of --factors',
      ).argParser(oneOf('--from', PROGRAMS)),
    )
    .option('--factors <file>', 'item factors, items × d: .npy, .npz or Parquet')
    .option('--factors-array <name>', 'array of an .npz; default item_factors, or the only one')
    .option(
      '--factors-column <names...>',
      'columns of a Parquet file: one of lists, or d of numbers',
    )
    .option('--ids <file>', 'item ids in the same order: JSON array, CSV or Parquet')
    .option('--id-column <names...>', 'column of ids in --ids')
    .option(
      '--user-factors <file>',
      'user factors: .npy, .npz (user_factors) or Parquet; their mean becomes the prior',
    )
    .option('--no-user-factors', 'with --from: the prior is zero, as that program has it');
  addPublishingOptions(addQuantizationOptions(addObjectiveOptions(command)))
    .addOption(halfLifeOption().default(null, 'none'))
    .action(async (saved: string | undefined, given: PackArguments) =>
      pack(saved, given, command.getOptionValueSource('objective') === 'cli'),
    );
}

async function pack(
  saved: string | undefined,
  given: PackArguments,
  objectiveChosen: boolean,
): Promise<void> {
  const trained = await readTrained(saved, given, objectiveChosen);
  const { ids, items: factors, users, objective } = trained;
  const items = await itemsGiven(given, 'keep');
  const { popularity, trending, ...catalogue } = items
    ? catalogueOf(items, ids)
    : ({} as Catalogue);
  const { dim } = factors;
  const matrix = { ids, dim, factors: factors.values };
  const problem = {
    prior: users ? meanRow(users) : new Float64Array(dim),
    objective,
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
    objective,
    quantization: chosen.kind,
    quantizationError: model.relativeError,
    recall: chosen.recall,
    bytes,
  };
  report(given.json, document, [
    ['items', grouped(factors.rows)],
    ['dim', String(factors.dim)],
    ['objective', described(objective)],
    ...quantizationLines(chosen),
    ['bytes written', grouped(bytes)],
    ['model', `${document.modelId} in ${given.out}`],
  ]);
}

function described({ convention, ...constants }: Objective): string {
  const parts = Object.entries(constants).map(([name, value]) => `${name} ${value}`);
  return [convention, ...parts].join(', ');
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
