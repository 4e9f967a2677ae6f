/**
 * @module
 * The options that say how interactions are read and cleaned; every command that reads them has
 * the same ones.
 */
import { type Command, Option } from 'commander';
import { SottoError, shown } from '../src/errors.ts';
import { type ActionWeights, DEFAULT_ACTION_WEIGHTS } from '../src/events.ts';
import { integerIn, oneOf, orNone, regularExpression } from './arguments.ts';
import type { ReadOptions } from './readers/readInteractions.ts';
import type { DateOrder } from './readers/values.ts';

/** As commander hands them over. */
export interface ReadingArguments {
  interactions: string[];
  userColumn?: string[];
  itemColumn?: string[];
  timeColumn?: string[];
  weightColumn?: string[];
  actionColumn?: string[];
  orderColumn?: string[];
  quantityColumn?: string[];
  priceColumn?: string[];
  titleColumn?: string[];
  segmentColumn?: string[];
  itemPattern: RegExp | null;
  itemCase: 'keep' | 'upper' | 'lower';
  dropOrder: RegExp | null | 'auto';
  dateOrder?: DateOrder;
  minUserEvents: number;
  minItemEvents: number;
  actionWeights: ActionWeights;
}

const COUNT_LIMIT = 1e9;

export function addReadingOptions(command: Command): Command {
  const column = (name: string, what: string): Option =>
    new Option(
      `--${name}-column <names...>`,
      `column of ${what}; several names where files differ`,
    );
  return command
    .optionsGroup('Events, and what of them counts:')
    .requiredOption('--interactions <files...>', 'Parquet, CSV or JSON Lines files of events')
    .addOption(column('user', 'users'))
    .addOption(column('item', 'item ids'))
    .addOption(column('time', 'times: ISO 8601 (UTC where no zone is named), epoch s or ms'))
    .addOption(column('weight', 'weights: above zero for the item, below against it'))
    .addOption(column('action', 'actions (purchase, click, view, …)'))
    .addOption(column('order', 'orders; an item counts once an order, in all files together'))
    .addOption(column('quantity', 'quantities; a row must be above zero'))
    .addOption(column('price', 'prices; a row must be above zero; also the item’s price'))
    .addOption(column('title', 'item titles; the most frequent one is taken'))
    .addOption(
      new Option('--item-pattern <regex>', 'item ids must match, others are left out')
        .argParser(orNone(regularExpression('--item-pattern')))
        .default(null, 'any'),
    )
    .addOption(
      new Option('--item-case <case>', 'item ids: keep, upper, lower')
        .argParser(oneOf('--item-case', ['keep', 'upper', 'lower'] as const))
        .default('keep'),
    )
    .addOption(
      new Option('--drop-order <regex>', 'orders that match are cancelled; none: no order is')
        .argParser(orNone(regularExpression('--drop-order')))
        .default('auto', '^[CA] in a column of invoices'),
    )
    .addOption(
      new Option(
        '--date-order <order>',
        'which of 09/12/2011 comes first: dmy (day) or mdy (month)',
      ).argParser(oneOf('--date-order', ['dmy', 'mdy'] as const)),
    )
    .addOption(
      new Option('--min-user-events <n>', 'users with fewer are left out')
        .argParser(integerIn('--min-user-events', 1, COUNT_LIMIT))
        .default(1),
    )
    .addOption(
      new Option('--min-item-events <n>', 'items with fewer are left out')
        .argParser(integerIn('--min-item-events', 1, COUNT_LIMIT))
        .default(1),
    )
    .addOption(
      new Option('--action-weights <json>', 'weights by action, beside the usual ones')
        .argParser(readActionWeights)
        .default(DEFAULT_ACTION_WEIGHTS, JSON.stringify(DEFAULT_ACTION_WEIGHTS)),
    );
}

export function readOptions(given: ReadingArguments): ReadOptions {
  const named = {
    user: given.userColumn,
    item: given.itemColumn,
    time: given.timeColumn,
    weight: given.weightColumn,
    action: given.actionColumn,
    order: given.orderColumn,
    quantity: given.quantityColumn,
    price: given.priceColumn,
    title: given.titleColumn,
    segment: given.segmentColumn,
  };
  const columns: Record<string, string[]> = {};
  for (const [role, names] of Object.entries(named)) if (names) columns[role] = names;
  const {
    itemPattern,
    itemCase,
    dropOrder,
    dateOrder = null,
    minUserEvents,
    minItemEvents,
    actionWeights,
  } = given;
  return {
    columns,
    itemPattern,
    itemCase,
    dropOrder,
    dateOrder,
    minUserEvents,
    minItemEvents,
    actionWeights,
  };
}

function readActionWeights(text: string): ActionWeights {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = text;
  }
  const good =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((weight) => Number.isFinite(weight));
  if (!good) {
    throw new SottoError(
      'invalid-argument',
      `--action-weights must be JSON like {"click": 1} but got ${shown(text)}`,
    );
  }
  return { ...DEFAULT_ACTION_WEIGHTS, ...(value as ActionWeights) };
}
