/**
 * @module
 * A table whose columns threads can see without a copy each.
 */
import type { Interactions } from '../../src/model/interactions.ts';

export function shareInteractions(table: Interactions): Interactions {
  const share = (bytes: number) => new SharedArrayBuffer(bytes);
  const { users, items, weights, timestamps } = table;
  const shared = {
    users: new Int32Array(share(users.byteLength)),
    items: new Int32Array(share(items.byteLength)),
    weights: new Float32Array(share(weights.byteLength)),
    timestamps: timestamps && new Float64Array(share(timestamps.byteLength)),
  };
  shared.users.set(users);
  shared.items.set(items);
  shared.weights.set(weights);
  if (timestamps) shared.timestamps?.set(timestamps);
  return { userIds: table.userIds, itemIds: table.itemIds, ...shared };
}
