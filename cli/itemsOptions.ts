/**
 * @module
 * The options that name a file of items, for every command that reads one.
 */
import type { Command } from 'commander';
import { readItems, type ItemsFile } from './readers/readItems.ts';

export interface ItemsArguments {
  items?: string;
  itemsIdColumn?: string[];
  itemsColumns?: string[];
}

export function addItemsOptions(command: Command): Command {
  return command
    .option('--items <file>', 'item metadata: CSV, JSON Lines or Parquet, one item a row')
    .option('--items-id-column <names...>', 'column of item ids in --items')
    .option(
      '--items-columns <names...>',
      'columns of --items that are published, all others left out (default: all)',
    );
}

/** To be read before the long part: a mistake in it should not cost a training. */
export async function itemsGiven(
  { items, itemsIdColumn = [], itemsColumns }: ItemsArguments,
  itemCase: 'keep' | 'upper' | 'lower',
): Promise<ItemsFile | null> {
  return items === undefined ? null : readItems(items, itemsIdColumn, itemCase, itemsColumns);
}
