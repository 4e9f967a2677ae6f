/**
 * @module
 * Segments: visitors who are alike before they have done anything (a country, a page they came in
 * by). A newcomer of a segment starts from its mean user and sees what is trending in it; one of a
 * segment that the model does not hold is a newcomer like any other.
 */
import type { Counts, Model } from './model.ts';

export interface Segment {
  readonly name: string;
  /** Users trained on. */
  readonly users: number;
  /** Their mean embedding, drawn towards everyone's; length d. */
  readonly prior: Float64Array;
  /** Rows that its users chose in the trending window, and how many of them chose each. */
  readonly rows: Int32Array;
  readonly counts: Float64Array;
}

export interface Segments {
  /** Name of the column that they were read from. */
  readonly column: string;
  /** Users of all segments and none who chose anything in the trending window. */
  readonly trendingUsers: number;
  readonly byName: ReadonlyMap<string, Segment>;
}

/**
 * So many users of everyone are mixed into a segment: one of twenty users says less of its newcomers
 * than everyone does, one of a thousand says more.
 */
export const EVERYONE_USERS = 20;

/**
 * @returns the model as a newcomer of the segment finds it: its prior, and `newcomersTrending`. The
 * model itself for null or a segment that there is not.
 */
export function inSegment(model: Model, name: string | null | undefined): Model {
  const segment = segmentOf(model, name);
  if (!segment || !model.segments) return model;
  return {
    ...model,
    prior: segment.prior,
    newcomersTrending: trendingIn(model.statistics.trending, segment, model.segments.trendingUsers),
  };
}

/** The segment of that name; null: the model holds none. */
export function segmentOf({ segments }: Model, name: string | null | undefined): Segment | null {
  // A data- attribute turns a name that looks like a number into one.
  return (name != null && segments?.byName.get(String(name))) || null;
}

/** A segment's count and the share that `EVERYONE_USERS` of everyone would have added to it. */
function trendingIn(
  everyone: Counts,
  { rows, counts }: Segment,
  trendingUsers: number,
): Float64Array {
  const share = EVERYONE_USERS / Math.max(trendingUsers, 1);
  const trending = Float64Array.from(everyone, (count) => count * share);
  for (let index = 0; index < rows.length; index++) {
    // The first shards alone do not hold every row.
    if (rows[index] < trending.length) trending[rows[index]] += counts[index];
  }
  return trending;
}
