/**
 * @module
 * Segments: visitors who are alike before they have done anything (a country, a page they came in
 * by). A newcomer of a segment starts from its mean user and sees what is trending in it; one of a
 * segment that the model does not hold is a newcomer like any other.
 */
import type { Counts, ItemStatistics, Model, Segment } from './model.ts';
import { segmentOf } from './segmentOf.ts';

/**
 * So many users of everyone are mixed into a segment: one of twenty users says less of its newcomers
 * than everyone does, one of a thousand says more.
 */
export const EVERYONE_USERS = 20;

/**
 * @returns the model as a newcomer of the segment finds it: its prior, and `newcomers`. The
 * model itself for null or a segment that there is not.
 */
export function inSegment(model: Model, name: string | null | undefined): Model {
  const segment = segmentOf(model, name);
  if (!segment || !model.segments) return model;
  return {
    ...model,
    prior: segment.prior,
    newcomers: statisticsIn(model.statistics, segment, model.segments.trendingUsers),
  };
}

/**
 * Everyone's counts, each item's multiplied by how much more it is wanted in the segment: only what
 * is trending is known of a segment, and weights that were learned on everyone's counts want them
 * all of one size.
 */
function statisticsIn(
  everyone: ItemStatistics,
  segment: Segment,
  trendingUsers: number,
): ItemStatistics {
  const trending = trendingIn(everyone.trending, segment, trendingUsers);
  const size = sum(everyone.trending) / Math.max(sum(trending), 1e-9);
  const times = trending.map((count, row) => (count * size + 1) / (everyone.trending[row] + 1));
  const scaled = (counts: Counts): Counts =>
    Float64Array.from(counts, (count, row) => count * times[row]);
  return {
    ...everyone,
    trending: trending.map((count) => count * size),
    popularity: scaled(everyone.popularity),
    recent10: everyone.recent10 && scaled(everyone.recent10),
    recent30: everyone.recent30 && scaled(everyone.recent30),
  };
}

function sum(counts: Counts): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
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
