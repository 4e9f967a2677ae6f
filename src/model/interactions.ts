/**
 * @module
 * Interactions: a cleaned table of who did what with which item and when, by column. What training
 * and evaluation start from.
 */

export interface Interactions {
  /** User id by user index. */
  readonly userIds: readonly string[];
  /** Item id by item index. */
  readonly itemIds: readonly string[];
  /** By row. */
  readonly users: Int32Array;
  /** By row. */
  readonly items: Int32Array;
  /** By row: what the event says of taste, as in ActionWeights. */
  readonly weights: Float32Array;
  /** By row, milliseconds since the epoch; null when the source has no time. */
  readonly timestamps: Float64Array | null;
}

/** With times. */
export type TimedInteractions = Interactions & { readonly timestamps: Float64Array };

export function hasTimes(table: Interactions): table is TimedInteractions {
  return table.timestamps !== null;
}
