/**
 * @module
 * RowCollector: the rows that count, as columns that grow; and what they say of their items and
 * users beside.
 */
import type { Interactions } from '../../src/model/interactions.ts';
import type { CleanRow, DropReason } from './cleaning.ts';
import type { ColumnRole } from './columns.ts';
import { growableFloat32, growableFloat64, growableInt32, Interner } from './growable.ts';
import { ItemDetails } from './itemDetails.ts';
import { MostFrequent } from './mostFrequent.ts';
import type { Batch } from './table.ts';
import { readText } from './values.ts';

/** `order × ORDER_FACTOR + item` stays exact below 2^53. */
const ORDER_FACTOR = 2 ** 24;

export interface Collected {
  timed: boolean;
  titles: boolean;
  prices: boolean;
}

export class RowCollector {
  /** The row to be added: whoever cleans writes it here. */
  readonly row: CleanRow = { user: '', item: '', order: null, timestampMs: NaN, weight: 0 };
  readonly details = new ItemDetails();
  readonly userSegments = new MostFrequent();
  readonly #wanted: Collected;
  readonly #userIds = new Interner();
  readonly #itemIds = new Interner();
  readonly #orders = new Interner();
  /** Lines of orders: an item counts once an order, in all files together. */
  readonly #lines = new Set<number>();
  readonly #users = growableInt32();
  readonly #items = growableInt32();
  readonly #weights = growableFloat32();
  readonly #timestamps = growableFloat64();

  constructor(wanted: Collected) {
    this.#wanted = wanted;
  }

  /** @returns adds `row`, which is this row of the batch; why it does not count, or null. */
  reader(
    { columns }: Batch,
    names: Partial<Record<ColumnRole, string>>,
  ): (index: number) => DropReason | null {
    const { row } = this;
    const { timed, titles: wantsTitles, prices: wantsPrices } = this.#wanted;
    const titles = wantsTitles && names.title ? columns[names.title] : null;
    const prices = wantsPrices && names.price ? columns[names.price] : null;
    const segments = names.segment ? columns[names.segment] : null;
    return (index) => {
      const item = this.#itemIds.index(row.item);
      if (!this.#isNew(item)) return 'seen before';
      const user = this.#userIds.index(row.user);
      this.#users.push(user);
      this.#items.push(item);
      this.#weights.push(row.weight);
      if (timed) this.#timestamps.push(row.timestampMs);
      if (segments) this.userSegments.add(user, readText(segments[index]));
      if (titles || prices) {
        this.details.add(item, row.timestampMs, titles?.[index], prices?.[index]);
      }
      return null;
    };
  }

  table(): Interactions {
    return {
      userIds: this.#userIds.texts,
      itemIds: this.#itemIds.texts,
      users: this.#users.values,
      items: this.#items.values,
      weights: this.#weights.values,
      timestamps: this.#wanted.timed ? this.#timestamps.values : null,
    };
  }

  #isNew(item: number): boolean {
    const { order } = this.row;
    if (order === null || order === '') return true;
    const line = this.#orders.index(order) * ORDER_FACTOR + item;
    if (this.#lines.has(line)) return false;
    this.#lines.add(line);
    return true;
  }
}
