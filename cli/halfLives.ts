/**
 * @module
 * The options that say how fast a visitor's events fade. Where training is not told, it chooses, from
 * where the defaults are.
 */
import { type Command, Option } from 'commander';
import type { ModelOptions } from '../src/model/training/trainModel.ts';
import { numberIn, orNone } from './arguments.ts';

export interface HalfLifeArguments {
  halfLifeDays?: number | null;
  recentHalfLifeDays?: number;
}

/** For factors of one's own training; chosen on the validation period of docs/quality.md. */
const DEFAULT_HALF_LIFE_DAYS = 90;

export function halfLifeOption(): Option {
  return new Option(
    '--half-life, --half-life-days <days>',
    'until a visitor’s event counts half; none: never',
  ).argParser(orNone(numberIn('--half-life-days', 1e-3, 1e6)));
}

export function addHalfLifeOptions(command: Command): Command {
  return command
    .addOption(
      halfLifeOption().default(
        undefined,
        `chosen on the last fifth of the events; ${DEFAULT_HALF_LIFE_DAYS} where no blend is learned`,
      ),
    )
    .addOption(
      new Option('--recent-half-life-days <days>', 'the same of what the visitor is after just now')
        .argParser(numberIn('--recent-half-life-days', 1e-3, 1e6))
        .default(undefined, 'chosen likewise; 10 where no blend is learned'),
    );
}

export function halfLivesOf({
  halfLifeDays,
  recentHalfLifeDays,
}: HalfLifeArguments): Pick<
  ModelOptions,
  'halfLifeDays' | 'recentHalfLifeDays' | 'chooseHalfLives'
> {
  return {
    halfLifeDays: halfLifeDays === undefined ? DEFAULT_HALF_LIFE_DAYS : halfLifeDays,
    ...(recentHalfLifeDays !== undefined && { recentHalfLifeDays }),
    chooseHalfLives: [
      ...(halfLifeDays === undefined ? (['halfLifeDays'] as const) : []),
      ...(recentHalfLifeDays === undefined ? (['recentHalfLifeDays'] as const) : []),
    ],
  };
}
