/**
 * @module
 * The options of the commands that write a model's folder: where to, and what it says beside the
 * factors.
 */
import { type Command, Option } from 'commander';
import { SottoError, shown } from '../src/errors.ts';
import { numberIn, orNone } from './arguments.ts';
import { addItemsOptions, type ItemsArguments } from './itemsOptions.ts';

export interface PublishingArguments extends ItemsArguments {
  out: string;
  halfLifeDays: number | null;
  trendingDays: number;
  attribution?: string;
  json: boolean;
}

/** For factors of one's own training; chosen on the validation period of docs/quality.md. */
export const DEFAULT_HALF_LIFE_DAYS = 90;

/** @param halfLifeDays - the default. */
export function halfLifeOption(halfLifeDays: number | null): Option {
  return new Option(
    '--half-life, --half-life-days <days>',
    'until a visitor’s event counts half; none: never',
  )
    .argParser(orNone(numberIn('--half-life-days', 1e-3, 1e6)))
    .default(halfLifeDays, halfLifeDays === null ? 'none' : String(halfLifeDays));
}

export function trendingDaysOption(): Option {
  return new Option('--trending-days <days>', 'length of the window of trending items')
    .argParser(numberIn('--trending-days', 1e-3, 1e6))
    .default(60);
}

/** @param halfLifeDays - the default. */
export function addPublishingOptions(command: Command, halfLifeDays: number | null): Command {
  return addItemsOptions(
    command
      .optionsGroup('What is published:')
      .requiredOption('--out <folder>', 'folder that the model is written to'),
  )
    .addOption(halfLifeOption(halfLifeDays))
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
