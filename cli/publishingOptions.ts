/**
 * @module
 * The options of the commands that write a model's folder: where to, and what it says beside the
 * factors.
 */
import { type Command, Option } from 'commander';
import { SottoError, shown } from '../src/errors.ts';
import { numberIn } from './arguments.ts';
import { addItemsOptions, type ItemsArguments } from './itemsOptions.ts';

export interface PublishingArguments extends ItemsArguments {
  out: string;
  trendingDays: number;
  attribution?: string;
  json: boolean;
}

export function trendingDaysOption(): Option {
  return new Option('--trending-days <days>', 'length of the window of trending items')
    .argParser(numberIn('--trending-days', 1e-3, 1e6))
    .default(60);
}

export function addPublishingOptions(command: Command): Command {
  return addItemsOptions(
    command
      .optionsGroup('What is published:')
      .requiredOption('--out <folder>', 'folder that the model is written to'),
  )
    .addOption(trendingDaysOption())
    .option('--attribution <text>', 'source and licence of the data, kept in the manifest')
    .option('--json', 'print one JSON document and nothing else', false);
}

/** Now; or, for builds that must repeat, https://reproducible-builds.org/specs/source-date-epoch/ */
export function createdAt(): string {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  if (epoch === undefined) return new Date().toISOString();
  if (!/^\d{1,11}$/.test(epoch)) {
    throw new SottoError(
      'invalid-argument',
      `SOURCE_DATE_EPOCH must be whole seconds since the epoch but is ${shown(epoch)}`,
    );
  }
  return new Date(Number(epoch) * 1000).toISOString();
}
