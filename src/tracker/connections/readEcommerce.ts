/**
 * @module
 * createEcommerceReader: entries of a data layer in the GA4 e-commerce form -> events.
 *
 * Two forms say the same: `gtag('event', name, { items })`, which pushes its arguments, and the tag
 * manager's `{ event: name, ecommerce: { items } }`. The older Universal Analytics form (products in
 * `impressions`, `detail`, `actionField`) is not read.
 *
 * https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
 */
import { shown } from '../../errors.ts';
import type { Action, TrackedEvent } from '../../events.ts';
import { freshId } from '../identifier.ts';
import { reasonOf } from './reasonOf.ts';
import { readNumber, readText } from './readText.ts';

/** A removal is an action of its own: why it weighs nothing stands in docs/tracking.md. */
const ACTIONS = new Map<unknown, Action>([
  ['view_item_list', 'impression'],
  ['select_item', 'click'],
  ['view_item', 'view'],
  ['add_to_cart', 'cart'],
  ['remove_from_cart', 'remove_from_cart'],
  ['purchase', 'purchase'],
]);

/** Their `value` is a quantity. */
const COUNTED = new Set<Action>(['cart', 'remove_from_cart', 'purchase']);

/** Google's own limit for one event. */
const MAX_ITEMS = 200;

type Fields = Record<string, unknown>;

/**
 * An entry that is read again, by a recommender that was started anew on the same page, must not
 * count again: its events keep their ids.
 */
const entryIds = new WeakMap<object, string>();

/**
 * @param onNonsense - told why an entry, or an item of it, says nothing; the rest of it counts.
 * @returns reads one entry; throws what the page's own getters throw.
 */
export function createEcommerceReader(
  onEvent: (event: TrackedEvent) => void,
  onNonsense: (reason: string) => void,
): (entry: unknown) => void {
  /** `ecommerce` pushed ahead of its event: tag managers join the two. */
  let ahead: unknown;

  return (entry) => {
    if (typeof entry === 'function') return;
    if (!isFields(entry)) return onNonsense(`an entry is ${shown(entry)}`);
    let name = entry['event'];
    let fields: unknown;
    // Arguments, or a plain array of them.
    if (entry[0] === 'event') {
      name = entry[1];
      fields = entry[2];
    } else {
      const given = entry['ecommerce'];
      fields = given === undefined ? ahead : given;
      if (given !== undefined) ahead = name === undefined ? given : undefined;
    }
    const action = ACTIONS.get(name);
    if (!action) return;
    const items = isFields(fields) ? fields['items'] : undefined;
    if (!isFields(fields) || !Array.isArray(items) || !items.length) {
      return onNonsense(`${String(name)} has no items`);
    }
    readItems(action, fields, items, entryIdOf(entry), onEvent, onNonsense);
  };
}

function readItems(
  action: Action,
  fields: Fields,
  items: readonly unknown[],
  entryId: string,
  onEvent: (event: TrackedEvent) => void,
  onNonsense: (reason: string) => void,
): void {
  // A thank-you page that is loaded again says the same purchase again.
  const order = action === 'purchase' ? readText(fields['transaction_id']) : undefined;
  const prefix = order === undefined ? entryId : `purchase:${order}`;
  // An item in two sizes is two lines of one item.
  const events = new Map<string, TrackedEvent>();
  for (const item of items.slice(0, MAX_ITEMS)) {
    try {
      const itemId = isFields(item) ? readText(item['item_id']) : undefined;
      if (!isFields(item) || itemId === undefined) {
        onNonsense('an item has no item_id');
        continue;
      }
      const event = events.get(itemId) ?? { itemId, action, ...placeOf(item, fields) };
      if (COUNTED.has(action)) {
        event.value = (event.value ?? 0) + (readNumber(item['quantity']) ?? 1);
      }
      const id = readText(`${prefix}:${itemId}`);
      if (id !== undefined) event.id = id;
      events.set(itemId, event);
    } catch (error) {
      onNonsense(`an item cannot be read: ${reasonOf(error)}`);
    }
  }
  for (const event of events.values()) onEvent(event);
}

/** The item's own list stands above the event's, an id above a name. */
function placeOf(item: Fields, fields: Fields): Pick<TrackedEvent, 'listId' | 'position'> {
  const listId =
    readText(item['item_list_id']) ??
    readText(fields['item_list_id']) ??
    readText(item['item_list_name']) ??
    readText(fields['item_list_name']);
  const position = readNumber(item['index']);
  return {
    ...(listId !== undefined && { listId }),
    ...(Number.isInteger(position) && (position as number) >= 0 && { position: position }),
  };
}

function entryIdOf(entry: object): string {
  const id = entryIds.get(entry) ?? freshId();
  entryIds.set(entry, id);
  return id;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
