/**
 * @module
 * The npm entry: re-exports only.
 */
export { SottoError, type SottoErrorCode } from './errors.ts';
export {
  DEFAULT_ACTION_WEIGHTS,
  type Action,
  type ActionWeights,
  type FeedbackEvent,
  type StandardAction,
  type TrackedEvent,
} from './events.ts';
export type {
  ListMetrics,
  MetricCounts,
  MetricQuestion,
  Metrics,
  MetricsOptions,
  PositionMetrics,
  Report,
  ReportRequest,
} from './metrics/types.ts';
export type { BeforeTrack, ConnectOptions, Options, TrackOptions } from './options.ts';
export { createRecommender } from './recommender.ts';
export type { EventMap, Listener, UpdateEvent } from './recommender/listeners.ts';
export type { CallOptions, ItemPredicate, ListOptions } from './recommender/lists.ts';
export type { PopularOptions, RankOptions, Recommender } from './recommender/types.ts';
export type { Consent } from './tracker/consent.ts';
export type {
  Contribution,
  Explanation,
  ItemFilter,
  ItemMetadata,
  LearnReport,
  LearnTimings,
  LearnedProfile,
  ModelInfo,
  PopularityWindow,
  ProfileItem,
  RangeFilter,
  Recommendation,
  RecommendationSource,
} from './worker/api.ts';
