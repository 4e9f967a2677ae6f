/**
 * @module
 * What lists are asked for by, and what they hold. Types only; every value is structured-clonable.
 */
import type { ItemFilter } from '../../model/rules/filter.ts';

/** Metadata of one item: what the site published, by column. */
export interface ItemMetadata {
  readonly title?: string;
  readonly url?: string;
  readonly image?: string;
  readonly price?: number;
  readonly categories?: readonly string[];
  readonly [column: string]: unknown;
}

/** Where a recommendation came from. */
export type RecommendationSource = 'personal' | 'similar' | 'trending' | 'popular' | 'list';

export interface Recommendation {
  itemId: string;
  /** Comparable within one list only. */
  score: number;
  /** From 0. */
  rank: number;
  source: RecommendationSource;
  /**
   * With `explore`: the probability, estimated in (0, 1), that a list drawn for the same visitor and
   * options holds this item. Absent without, and where nothing is known to draw from: it is 1.
   */
  propensity?: number;
  item: ItemMetadata;
}

export type PopularityWindow = 'trending' | 'all';

/** What the four kinds of list share, as it crosses to the worker. */
export interface ListRequest {
  count: number;
  /** Item ids that must not appear. Unknown ids are harmless. */
  exclude: readonly string[];
  filter: ItemFilter | null;
  /** 0: by score alone; 1: as unlike each other as can be. */
  diversity: number;
  /** Most items of one category. Absent, and 1000: any number. */
  maxPerCategory?: number;
  /** 0: none; 1: as uncertain as the model is (Thompson sampling). */
  explore: number;
}

export interface RankRequest extends ListRequest {
  itemIds: readonly string[];
  /** What to do with ids the model does not know: reject, or keep them last in their order. */
  unknown: 'reject' | 'last';
}

/** A list as the page asks for it: whatever the site has given, for the worker to check. */
export interface LooseList extends Partial<Omit<ListRequest, 'count'>> {
  count?: number | undefined;
  /** So many times `count`: the page will take some of them out. Default 1. */
  times?: number;
}
