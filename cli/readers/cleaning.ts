/**
 * @module
 * Which rows count, and what the report says of those that do not: the rules of cleaning, one row
 * at a time. A row is counted under the first rule that it breaks.
 */
import { actionWeight, MAX_ITEM_ID_LENGTH, type ActionWeights } from '../../src/events.ts';
import type { Batch } from './table.ts';
import type { ColumnRole } from './columns.ts';
import { readNumber } from './readNumber.ts';
import { readId, readText, readTimeMs, type DateOrder } from './values.ts';

export type DropReason =
  | 'cancelled order'
  | 'no user'
  | 'no item'
  | 'item id does not match'
  | 'quantity unreadable'
  | 'quantity not above zero'
  | 'price unreadable'
  | 'price not above zero'
  | 'time unreadable'
  | 'time in the future'
  | 'weight unreadable or zero'
  | 'weight too large'
  | 'seen before'
  | 'too few events';

/** Reasons that a value of the file is to be blamed for, and the part that it stands in. */
export const BLAMED_PART: Partial<Record<DropReason, ColumnRole>> = {
  'item id does not match': 'item',
  'quantity unreadable': 'quantity',
  'price unreadable': 'price',
  'time unreadable': 'time',
};

export interface CleaningRules {
  /** Item ids must match, after `itemCase`. null: any id. */
  itemPattern: RegExp | null;
  itemCase: 'keep' | 'upper' | 'lower';
  /** Orders that match are cancelled. null: none. */
  dropOrder: RegExp | null;
  actionWeights: ActionWeights;
  /** Of dates that begin with day or month; null: as `readTimeMs` has it. */
  dateOrder?: DateOrder | null;
  /** Milliseconds since the epoch: nothing has happened later. */
  latestMs: number;
}

/**
 * The most that a row may weigh, for or against. Seconds watched and money spent stay below it; what
 * is above it is a mistake in the file, and would drown every other row.
 */
const MAX_ROW_WEIGHT = 1e9;

/** A row that counts. One object is used for all of them: copy what you keep. */
export interface CleanRow {
  user: string;
  item: string;
  /** null: the table has no orders. */
  order: string | null;
  /** NaN: the table has no time. */
  timestampMs: number;
  weight: number;
}

/** Reads row `index` of a batch into `into`; @returns why it does not count, or null. */
export type CleanRowReader = (index: number, into: CleanRow) => DropReason | null;

type RoleColumns = Partial<Record<ColumnRole, ArrayLike<unknown>>>;

/** @param names - the table's column of each part; parts without one break no rule. */
export function cleanRows(
  batch: Batch,
  names: Partial<Record<ColumnRole, string>>,
  rules: CleaningRules,
): CleanRowReader {
  const columns: RoleColumns = {};
  for (const [role, name] of Object.entries(names) as [ColumnRole, string][]) {
    columns[role] = batch.columns[name];
  }
  const { user: users, item: items, time, order: orders, quantity, price } = columns;
  const { itemPattern, itemCase, dropOrder } = rules;

  return (index, into) => {
    into.order = orders ? readText(orders[index]) : null;
    if (into.order !== null && dropOrder?.test(into.order)) return 'cancelled order';
    const user = users ? readId(users[index]) : null;
    if (user === null) return 'no user';
    let item = items ? readId(items[index]) : null;
    if (item === null) return 'no item';
    if (itemCase === 'upper') item = item.toUpperCase();
    else if (itemCase === 'lower') item = item.toLowerCase();
    if (item.length > MAX_ITEM_ID_LENGTH || (itemPattern && !itemPattern.test(item))) {
      return 'item id does not match';
    }
    const ordered = quantity ? numberOrMissing(quantity[index]) : null;
    if (ordered !== null && Number.isNaN(ordered)) return 'quantity unreadable';
    if (ordered !== null && ordered <= 0) return 'quantity not above zero';
    const paid = price ? numberOrMissing(price[index]) : null;
    if (paid !== null && Number.isNaN(paid)) return 'price unreadable';
    if (paid !== null && paid <= 0) return 'price not above zero';
    into.timestampMs = time ? readTimeMs(time[index], rules.dateOrder) : NaN;
    if (time && !Number.isFinite(into.timestampMs)) return 'time unreadable';
    // Ages are counted back from the newest event: one of 2099 would make all others worthless.
    if (into.timestampMs > rules.latestMs) return 'time in the future';
    into.weight = weightOf(columns, index, rules.actionWeights);
    if (!Number.isFinite(into.weight) || into.weight === 0) return 'weight unreadable or zero';
    if (Math.abs(into.weight) > MAX_ROW_WEIGHT) return 'weight too large';
    into.user = user;
    into.item = item;
    return null;
  };
}

/** Without a weight or an action, every row is a purchase. */
function weightOf(columns: RoleColumns, index: number, weights: ActionWeights): number {
  if (columns.weight) return readNumber(columns.weight[index]);
  if (columns.action) return actionWeight(weights, readText(columns.action[index]));
  return actionWeight(weights, 'purchase');
}

/** A log of mixed events has a quantity where something was bought, and nothing elsewhere. */
function numberOrMissing(value: unknown): number | null {
  return value === null || value === undefined || value === '' ? null : readNumber(value);
}
