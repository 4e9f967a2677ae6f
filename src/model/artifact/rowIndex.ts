/**
 * @module
 * Item id → row, in half of a Map's memory: an open-addressing table of row numbers over the
 * ids that the model holds anyway.
 */

/** A Map of ids is one. */
export interface RowIndex {
  get: (id: string) => number | undefined;
  has: (id: string) => boolean;
}

/** At most two thirds of the slots are taken. */
const SLOTS_PER_ID = 1.5;

/**
 * @param ids - by row; the caller fills it, and adds each row once its id is there.
 * @returns `add`, which gives false, and adds nothing, for an id that is there already.
 */
export function createRowIndex(
  ids: readonly string[],
  capacity: number,
): { index: RowIndex; add: (row: number) => boolean } {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(Math.max(1, capacity) * SLOTS_PER_ID)));
  const mask = slots.length - 1;

  /** The id's slot, or the empty one that it would take. */
  function find(id: string): number {
    let slot = hash(id) & mask;
    while (slots[slot] !== 0 && ids[slots[slot] - 1] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  const index: RowIndex = {
    get(id) {
      // One more than the row: 0 is an empty slot.
      const held = slots[find(id)];
      return held === 0 ? undefined : held - 1;
    },
    has: (id) => slots[find(id)] !== 0,
  };
  return {
    index,
    add(row: number): boolean {
      const slot = find(ids[row]);
      if (slots[slot] !== 0) return false;
      slots[slot] = row + 1;
      return true;
    },
  };
}

/** FNV-1a over UTF-16 units, mixed at the end: ids that count upwards must not cluster. */
function hash(id: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    state = Math.imul(state ^ id.charCodeAt(at), 0x01000193);
  }
  state = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  return (state ^ (state >>> 15)) >>> 0;
}
