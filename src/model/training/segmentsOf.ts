/**
 * @module
 * Segments from training: for each group of users its mean embedding and what it chose lately.
 */
import type { Interactions } from '../interactions.ts';
import { EVERYONE_USERS } from '../segments.ts';

const DAY_MS = 86_400_000;
/** A smaller group says more of its members than of a segment. */
export const LEAST_USERS = 20;
/** Beyond this share of the users a group is everyone. */
const MOST_SHARE = 0.5;
const MOST_SEGMENTS = 64;
/** Items a segment names: beyond them everyone's trend decides. */
const MOST_ITEMS = 200;

/** By item index; what `encodeSegments` writes by row. */
export interface TrainedSegments {
  column: string;
  trendingUsers: number;
  segments: TrainedSegment[];
}

export interface TrainedSegment {
  name: string;
  users: number;
  prior: Float64Array;
  /** Item index and distinct users, most users first. */
  trending: [item: number, users: number][];
}

/**
 * @param segmentOf - by user index; null: of none.
 * @param userFactors - users × d, trained.
 * @param prior - everyone's mean, length d.
 * @returns segments of at least 20 users and at most half of all, largest first, equal ones by name;
 * at most 64.
 */
export function segmentsOf(
  column: string,
  segmentOf: readonly (string | null)[],
  interactions: Interactions,
  userFactors: Float32Array,
  prior: Float64Array,
  trendingDays: number,
): TrainedSegments {
  const members = membersOf(segmentOf);
  const trends = segmentTrends(members, interactions, trendingDays);
  const segments = [...members]
    .filter(([, { length }]) => length >= LEAST_USERS && length <= MOST_SHARE * segmentOf.length)
    .sort(([left, a], [right, b]) => b.length - a.length || (left < right ? -1 : 1))
    .slice(0, MOST_SEGMENTS)
    .map(([name, group]) => ({
      name,
      users: group.length,
      prior: drawnMean(group, userFactors, prior),
      trending: trends.trendingIn(name),
    }));
  return { column, trendingUsers: trends.trendingUsers, segments };
}

export interface SegmentTrends {
  /** Users of all segments and none who chose anything in the window. */
  trendingUsers: number;
  /** Item index and distinct users, most users first; of a segment without users: none. */
  trendingIn: (name: string) => [item: number, users: number][];
}

/** @param members - users by the name of their segment. */
export function segmentTrends(
  members: ReadonlyMap<string, readonly number[]>,
  interactions: Interactions,
  trendingDays: number,
): SegmentTrends {
  const chosen = lately(interactions, trendingDays);
  return {
    trendingUsers: chosen.filter((items) => items.size > 0).length,
    trendingIn: (name) => mostChosen((members.get(name) ?? []).map((user) => chosen[user])),
  };
}

/** Users by the name of their segment. @param segmentOf - by user index; null: of none. */
export function membersOf(segmentOf: readonly (string | null)[]): Map<string, number[]> {
  const members = new Map<string, number[]>();
  for (const [user, name] of segmentOf.entries()) {
    if (name === null) continue;
    const group = members.get(name);
    if (group) group.push(user);
    else members.set(name, [user]);
  }
  return members;
}

/** By user: the items in favour within the window, which ends with the newest event. */
function lately(interactions: Interactions, trendingDays: number): Set<number>[] {
  const { userIds, users, items, weights, timestamps } = interactions;
  const chosen = userIds.map(() => new Set<number>());
  let newestMs = -Infinity;
  for (const timestamp of timestamps ?? []) newestMs = Math.max(newestMs, timestamp);
  const sinceMs = newestMs - trendingDays * DAY_MS;
  for (let row = 0; row < users.length; row++) {
    if (weights[row] > 0 && (!timestamps || timestamps[row] >= sinceMs)) {
      chosen[users[row]].add(items[row]);
    }
  }
  return chosen;
}

/** The mean of a group and of `EVERYONE_USERS` average users. Users without an embedding: left out. */
function drawnMean(
  group: readonly number[],
  userFactors: Float32Array,
  prior: Float64Array,
): Float64Array {
  const dim = prior.length;
  const sum = prior.map((value) => EVERYONE_USERS * value);
  let users = EVERYONE_USERS;
  for (const user of group) {
    const factors = userFactors.subarray(user * dim, (user + 1) * dim);
    if (factors.every((value) => value === 0)) continue;
    users++;
    for (let f = 0; f < dim; f++) sum[f] += factors[f];
  }
  return sum.map((value) => value / users);
}

function mostChosen(baskets: readonly ReadonlySet<number>[]): [item: number, users: number][] {
  const counts = new Map<number, number>();
  for (const basket of baskets) {
    for (const item of basket) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return [...counts]
    .sort(([leftItem, left], [rightItem, right]) => right - left || leftItem - rightItem)
    .slice(0, MOST_ITEMS);
}
