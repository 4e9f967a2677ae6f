/**
 * @module
 * Options: what a site may say, and the only home of defaults. `resolveOptions` checks them.
 */
import type { ActionWeights, TrackedEvent } from './events.ts';

/** What is watched without a line of the site's own script. */
export interface TrackOptions {
  /** Items that come into view. Default true. */
  impressions?: boolean;
  /** Clicks on items and on `data-sotto-action`. Default true. */
  clicks?: boolean;
  /** The item that a page is about, `data-sotto-view`. Default true. */
  views?: boolean;
  /** How long that item was visible and focused. Default true. */
  dwell?: boolean;
}

/** What else is read, each loaded only when it is named; see docs/tracking.md. */
export interface ConnectOptions {
  /** GA4 e-commerce events from `window.dataLayer`, or from the array of that name. */
  dataLayer?: boolean | string;
  /** The page's own item from schema.org Product, in JSON-LD or microdata. */
  structuredData?: boolean;
  /**
   * Consent from an IAB TCF v2 platform; the purposes it must have been given for, each in [1, 24].
   * true: 1, 5 and 6.
   */
  tcf?: boolean | { purposes: readonly number[] };
  /** Consent from Google Consent Mode, said in `window.dataLayer` or in the array of that name. */
  consentMode?: boolean | string;
}

/**
 * Sees every event before it is kept, and may change the copy it is given, give another in its
 * place, or drop it: null or false. An event that it throws on is kept as it was.
 */
export type BeforeTrack = (event: TrackedEvent) => TrackedEvent | null | false | undefined | void;

export type LearnerChoice = 'closed-form' | 'gradient' | 'bpr' | 'softmax' | 'sampled-softmax';

export interface Options {
  /** Address of the model's manifest.json, relative to the page. */
  model: string | URL;
  /** Address of `sotto-worker.js`. Default: beside the script. Must be of the page's origin. */
  workerUrl?: string | URL;
  /** Address of `sotto-kernels.wasm`. Default: beside the script. */
  kernelUrl?: string | URL;
  /**
   * Address of the folder of tfjs' .wasm files. Default: `tfjs/` beside the kernels, or beside the
   * page where a bundler has put the kernels into a data: address.
   */
  tfjsUrl?: string | URL;
  /**
   * true: the worker, its parts and the kernels run only with the hashes that the page's import maps
   * give for them under `integrity`; docs/privacy.md shows how. Default false.
   */
  integrity?: boolean;
  /** Name of the database: two recommenders of one origin need two. Default 'sotto'. */
  name?: string;
  /**
   * How much an action says of taste, by name, each in [-100, 100]; what is not named keeps its
   * default. Default `DEFAULT_ACTION_WEIGHTS`.
   */
  actionWeights?: ActionWeights;
  /** Days until an event counts half, in [0.001, 36500]. Default null: the model's own. */
  halfLifeDays?: number | null;
  /**
   * What is known of the visitor before they have done anything, as the model's segments name it (a
   * country, an entry page): what newcomers see first. One that the model lacks, and null, is
   * everyone. Default null.
   */
  segment?: string | null;
  /**
   * How the visitor's embedding is learned. All but 'closed-form' load tfjs, and refine the closed
   * form's answer behind it: 'gradient' under the same loss, the others under a loss that ranks.
   * Default 'closed-form'; docs/quality.md has the comparison.
   */
  learner?: LearnerChoice;
  /**
   * What ranks the catalogue: 'auto' is WASM, or WebGPU where the catalogue is large and it has
   * measured faster. What cannot be had gives a warning and the next best. Default 'auto'.
   */
  retrieval?: 'auto' | 'wasm' | 'webgpu' | 'typescript';
  /** What is watched in the page; false: only what the site passes to `track`. Default true. */
  track?: boolean | TrackOptions;
  /** What the site says already, to be read too. Default none. */
  connect?: ConnectOptions;
  /** Called with every event before it is kept. Of a script tag: the name of a global. Default none. */
  beforeTrack?: BeforeTrack | string;
  /** true: what a browser under automation (`navigator.webdriver`) does counts too. Default false. */
  trackAutomated?: boolean;
  /**
   * Share of an item, in [0.01, 1], that must be in view for an impression; of an item of more than
   * 242,000 px² at most 0.3. Default 0.5.
   */
  minVisibleRatio?: number;
  /** How long that much must be in view, ms in [0, 60000]. Default 1000. */
  minVisibleMs?: number;
  /**
   * true: nothing is stored or learned until `setConsent('granted')`. Default false, but true where
   * `connect` names a consent platform.
   */
  requireConsent?: boolean;
  /**
   * true: Global Privacy Control and Do Not Track count as a refusal, until the visitor has chosen
   * otherwise on this site. Default true.
   */
  respectPrivacySignals?: boolean;
  /** Events older than this leave the log; they stay counted. Days in [1, 36500]. Default 365. */
  retentionDays?: number;
  /** Most events the log holds, a whole number in [100, 1000000]. Default 10000. */
  retentionEvents?: number;
  /** true: nothing is stored or learned; lists are those of a new visitor. Default false. */
  disabled?: boolean;
  /** Aborting it is the same as `destroy()`. Default: none. */
  signal?: AbortSignal;
}

/** What the page itself goes by. What need not be there is off where it is not. */
export interface PageOptions {
  name: string;
  track: boolean | TrackOptions;
  connect?: ConnectOptions | null;
  beforeTrack?: BeforeTrack | string;
  trackAutomated?: boolean;
  integrity?: boolean;
  minVisibleRatio: number;
  minVisibleMs: number;
  requireConsent: boolean;
  respectPrivacySignals: boolean;
  disabled?: boolean;
}

export const PAGE_DEFAULTS = {
  name: 'sotto',
  track: true,
  minVisibleRatio: 0.5,
  minVisibleMs: 1000,
  respectPrivacySignals: true,
} as const satisfies Partial<PageOptions>;

/** What the worker goes by. */
export interface ModelOptions {
  manifestUrl: string;
  kernelUrl: string;
  tfjsUrl: string;
  databaseName: string;
  actionWeights: ActionWeights;
  halfLifeDays: number | null;
  segment: string | null;
  learner: LearnerChoice;
  retrieval: NonNullable<Options['retrieval']>;
  retentionDays: number;
  retentionEvents: number;
}

export const MODEL_DEFAULTS = {
  halfLifeDays: null,
  segment: null,
  learner: 'closed-form',
  retrieval: 'auto',
  retentionDays: 365,
  retentionEvents: 10_000,
} as const satisfies Partial<ModelOptions>;

export interface ResolvedOptions extends PageOptions, ModelOptions {
  /** null: beside the module. */
  workerUrl: string | null;
}

/**
 * The page's own, unchecked: a page that came by npm has called `resolveOptions` before, and for
 * one with the script tag the worker does, so that its every visitor need not load the checks.
 */
export function pageOptions(given: Partial<PageOptions>): PageOptions {
  return { ...PAGE_DEFAULTS, requireConsent: asksConsent(given.connect), ...given };
}

/** What is done before a connected platform has answered is kept only if it allows it. */
export function asksConsent(connect: ConnectOptions | null | undefined): boolean {
  return !!(connect?.tcf || connect?.consentMode);
}

/**
 * Where tfjs is unless an option says otherwise. Bundlers put a file as small as the kernels into a
 * data: address, beside which nothing stands.
 */
export function tfjsBeside(kernelUrl: string, pageUrl: string): string {
  return new URL('tfjs/', kernelUrl.startsWith('data:') ? pageUrl : kernelUrl).href;
}
