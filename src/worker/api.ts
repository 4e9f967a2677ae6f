/**
 * @module
 * What page and worker say to each other. Types only; every value here is structured-clonable, and
 * nothing is transferred: requests and finished lists are small, vectors never leave the worker.
 */
import type { ActionWeights, FeedbackEvent } from '../events.ts';
import type { SottoErrorCode } from '../errors.ts';
import type { Metrics, MetricsOptions, Report, ReportRequest } from '../metrics/types.ts';
import type { Options } from '../options.ts';
import type { ItemFilter, RangeFilter } from '../model/rules/filter.ts';

export type { ItemFilter, Metrics, MetricsOptions, RangeFilter, Report, ReportRequest };

/** Page and worker of different builds refuse each other. Raise it when a message changes shape. */
export type ProtocolVersion = 1;

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

/** How long each step of the last learning took, ms. */
export interface LearnTimings {
  /** Reading the log and moving the cursor. */
  replay: number;
  /** Solving for the embedding. */
  learn: number;
  /** From the call to its answer. */
  total: number;
}

export interface LearnReport {
  /** Events that counted in this call. */
  events: number;
  /** Whether lists can differ from before. */
  changed: boolean;
  /** Items in the new events that the model does not know. They stay in the log. */
  unknownItemIds: readonly string[];
  timings: LearnTimings;
  /** What took the place of the closed form's answer; of 'update' for reason 'refined'. */
  refinement?: RefinementReport;
}

/** How the closed form's answer was refined by gradient steps. */
export interface RefinementReport {
  loss: 'squared' | 'softmax' | 'sampled-softmax' | 'bpr';
  backend: Exclude<LearnerBackend, 'closed-form'>;
  steps: number;
  /** At most this far, in Euclidean norm, from the minimum. */
  residual: number;
  /** From its start to its end, pauses for others included. */
  ms: number;
  /** The most that tfjs held meanwhile. */
  tensors: number;
  bytes: number;
}

export type Backend = 'wasm' | 'webgpu' | 'typescript';
export type LearnerBackend = 'closed-form' | 'webgpu' | 'wasm' | 'cpu';

export interface ModelInfo {
  modelId: string;
  createdAt: string;
  items: number;
  dim: number;
  /** Bytes of all files. */
  bytes: number;
  /** What ranks now. With 'auto' it can change once a GPU was measured. */
  retrieval: Backend;
  learner: LearnerBackend;
  storage: 'indexeddb' | 'memory';
  /** The segment that newcomers start from; null: everyone. */
  segment: string | null;
  /** Things that were asked for and could not be had, each with the code to look up. */
  warnings: readonly WireError[];
  /** ms spent on: manifest, files (download and verification), decoding, kernels. */
  timings: { manifest: number; files: number; decode: number; kernels: number };
}

/** One past item's share in a score. */
export interface Contribution {
  itemId: string;
  item: ItemMetadata;
  /** Adds up, with the other contributions and `prior`, to the score. */
  score: number;
  /** What the visitor did with it, for and against, decayed to now. */
  weight: number;
}

export interface Explanation {
  itemId: string;
  item: ItemMetadata;
  score: number;
  /** The share that needs no event. */
  prior: number;
  /** What `prior` is made of, by signal; adds up to it. `similarity`: the average visitor's taste. */
  parts: { signal: string; score: number }[];
  /** Largest magnitude first. */
  contributions: Contribution[];
}

/** One item the visitor showed feedback for. */
export interface ProfileItem {
  itemId: string;
  item: ItemMetadata;
  /** For, minus against; decayed to now. */
  weight: number;
  events: number;
  /** ms since the epoch. */
  lastTimestamp: number;
}

/** What was learned, as the worker knows it. */
export interface LearnedProfile {
  /** Events in the log. */
  events: number;
  /** Strongest first. */
  items: ProfileItem[];
  /** Share of the positive weight by category, largest first; empty without categories. */
  categories: { category: string; share: number }[];
  /** Length of the embedding's departure from the prior; 0: nothing learned. */
  distance: number;
  timings: LearnTimings | null;
  /** Of the embedding that serves; null where the closed form's does. */
  refinement: RefinementReport | null;
  /** The retrieval of the last list, ms; null before the first. */
  rankMs: number | null;
  model: ModelInfo;
}

/** Where the files of the kernels are. */
export interface KernelAddresses {
  /** Of the exact kernel's plain build, absolute. */
  kernelUrl: string;
  /**
   * Of the others, where a bundler has renamed them, by what their names have more: `-relaxed`,
   * `-compact`, `-compact-relaxed`. Default: beside it, under those names.
   */
  otherKernels?: Readonly<Record<string, string>>;
}

export interface OpenRequest extends KernelAddresses {
  protocol: ProtocolVersion;
  /** Absolute address of manifest.json. */
  manifestUrl: string;
  /** Absolute address of the folder that holds tfjs' .wasm files, with a slash at its end. */
  tfjsUrl: string;
  databaseName: string;
  /** Memory: the page could not open the database and sends its events along. */
  storage: 'indexeddb' | 'memory';
  actionWeights: ActionWeights;
  /** null: the model's own. */
  halfLifeDays: number | null;
  /** Where the visitor starts from, by name; null or a name that the model lacks: from everyone. */
  segment?: string | null;
  learner: 'closed-form' | 'gradient' | 'softmax' | 'sampled-softmax' | 'bpr';
  retrieval: 'auto' | Backend;
  retentionDays: number;
  retentionEvents: number;
}

/** The same from a page that has not resolved its options; the worker does, and may refuse them. */
export interface LooseOpenRequest extends Pick<OpenRequest, 'protocol' | 'storage'> {
  /** As given; functions and signals are the page's alone. */
  options: Options;
  /** What relative addresses are relative to. */
  pageUrl: string;
  /** Where the kernels are unless an option says otherwise. */
  kernelUrl: string;
}

/** A SottoError on the wire. */
export interface WireError {
  code: SottoErrorCode;
  message: string;
}

/** Every answer: comlink would flatten a thrown error to its message and lose the code. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };

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
