/**
 * @module
 * What page and worker say to each other. Types only; every value here is structured-clonable, and
 * nothing is transferred: requests and finished lists are small, vectors never leave the worker.
 */
import type { FeedbackEvent } from '../events.ts';
import type { Metrics, MetricsOptions, Report, ReportRequest } from '../metrics/types.ts';
import type { Explanation, LearnedProfile } from './wire/accounts.ts';
import type { Answer, WireError } from './wire/answer.ts';
import type { LearnReport } from './wire/learning.ts';
import type {
  ListRequest,
  LooseList,
  PopularityWindow,
  RankRequest,
  Recommendation,
} from './wire/lists.ts';
import type { LooseOpenRequest, ModelInfo, OpenRequest } from './wire/opening.ts';

export type { ItemFilter, RangeFilter } from '../model/rules/filter.ts';
export type * from './wire/accounts.ts';
export type * from './wire/answer.ts';
export type * from './wire/learning.ts';
export type * from './wire/lists.ts';
export type * from './wire/opening.ts';
export type { Metrics, MetricsOptions, Report, ReportRequest };

/**
 * What the worker says unasked, beside comlink's answers, which carry an id: another model serves
 * from now on (null), or why the one that was to serve cannot. With an update, that is what happened
 * instead.
 */
export interface Notice {
  value: WireError | null;
  update?: { reason: 'refined'; report: LearnReport };
}

export interface WorkerApi {
  /** Resolves when the first items of the model can be recommended. */
  open(request: OpenRequest): Promise<Answer<ModelInfo>>;
  /**
   * Reads the log after the cursor and learns.
   * @param events - only with `storage: 'memory'`.
   * @param ahead - on their way into the log: learned from too, and not counted yet. Default: those
   *   of the call before.
   */
  learn(
    events?: readonly FeedbackEvent[],
    ahead?: readonly FeedbackEvent[],
  ): Promise<Answer<LearnReport>>;
  /** Learns from events on their way into the log, without waiting for it. */
  anticipate(ahead: readonly FeedbackEvent[]): Promise<Answer<LearnReport>>;
  recommend(request: ListRequest): Promise<Answer<Recommendation[]>>;
  similar(itemId: string, request: ListRequest): Promise<Answer<Recommendation[]>>;
  rank(request: RankRequest): Promise<Answer<Recommendation[]>>;
  popular(window: PopularityWindow, request: ListRequest): Promise<Answer<Recommendation[]>>;
  explain(itemId: string): Promise<Answer<Explanation>>;
  profile(): Promise<Answer<LearnedProfile>>;
  metrics(options?: MetricsOptions): Promise<Answer<Metrics>>;
  /** null: none may be made. */
  report(request: ReportRequest): Promise<Answer<Report | null>>;
  /** Drops what is held for one item or for all; the store's too. */
  forget(itemId?: string): Promise<Answer<null>>;
  /** Only with `storage: 'memory'`: what the worker holds, for `exportData`. */
  events(): Promise<Answer<FeedbackEvent[]>>;
  close(): Promise<Answer<null>>;
}

/** The same as the page calls it: the options of lists are still to be checked. */
export interface PageApi extends Omit<
  WorkerApi,
  'open' | 'recommend' | 'similar' | 'rank' | 'popular'
> {
  open(request: OpenRequest | LooseOpenRequest): Promise<Answer<ModelInfo>>;
  recommend(options: LooseList): Promise<Answer<Recommendation[]>>;
  similar(itemId: string, options: LooseList): Promise<Answer<Recommendation[]>>;
  rank(
    options: LooseList & { itemIds: readonly string[]; unknown?: RankRequest['unknown'] },
  ): Promise<Answer<Recommendation[]>>;
  popular(options: LooseList & { window?: PopularityWindow }): Promise<Answer<Recommendation[]>>;
}
