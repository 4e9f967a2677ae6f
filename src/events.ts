/**
 * @module
 * FeedbackEvent: one thing a visitor did with one item, how much each action says, and what all
 * events of an item come to (PreferenceRecord). The words that page, store and model share.
 */

export type StandardAction =
  | 'impression'
  | 'view'
  | 'dwell'
  | 'click'
  | 'like'
  | 'dislike'
  | 'cart'
  | 'remove_from_cart'
  | 'purchase'
  | 'hide';

/** A standard action, or any name of the site's own. */
export type Action = StandardAction | (string & {});

export interface FeedbackEvent {
  /** Unique: a repeated delivery of the same id counts once. */
  id: string;
  itemId: string;
  action: Action;
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** `dwell`: milliseconds visible and focused. `cart`, `remove_from_cart`, `purchase`: quantity. */
  value?: number;
  /** The list the item was shown in, as `data-sotto-list` names it. */
  listId?: string;
  /** Position in that list, from 0. */
  position?: number;
  sessionId: string;
}

/** What a caller passes to `track`: the rest is filled in. */
export type TrackedEvent = Pick<FeedbackEvent, 'itemId' | 'action'> & {
  [Field in 'id' | 'timestamp' | 'value' | 'listId' | 'position']?:
    FeedbackEvent[Field] | undefined;
};

/**
 * How much an action says of taste. Positive: the visitor likes the item; negative: dislikes it,
 * by the magnitude; zero: nothing. An action without an entry weighs `OTHER_ACTION_WEIGHT`.
 */
export type ActionWeights = Readonly<Record<string, number>>;

export const DEFAULT_ACTION_WEIGHTS: ActionWeights = {
  purchase: 2,
  like: 2,
  cart: 1.5,
  click: 1,
  view: 0.5,
  dwell: 0.1,
  dislike: -1,
  hide: -1,
  // Seeing an item teaches fatigue, not taste.
  impression: 0,
  // Dearer than thought, or another one chosen: it takes back the cart, not the interest.
  remove_from_cart: 0,
};

const OTHER_ACTION_WEIGHT = 0.1;

/** The weight of one action under `weights`. Own properties only: an action may be `toString`. */
export function actionWeight(weights: ActionWeights, action: Action): number {
  return Object.hasOwn(weights, action) ? weights[action] : OTHER_ACTION_WEIGHT;
}

/** A session ends after this long without an event. */
export const SESSION_TIMEOUT_MS = 30 * 60 * 1000;

/** Longest item id, in UTF-16 code units; a longer one is refused rather than stored. */
export const MAX_ITEM_ID_LENGTH = 512;

/** Clocks of site and browser differ; an event from further ahead than this would never decay. */
export const MAX_AHEAD_MS = 86_400_000;

/** Items in a list for which no count is given. */
export const DEFAULT_LIST_COUNT = 12;

/** A decaying sum: `weight` is exact at `timestamp` (ms) and halves every half-life after it. */
export interface DecayedWeight {
  weight: number;
  timestamp: number;
}

/** What the log says of one item, for and against. `null`: nothing yet. */
export interface Feedback {
  positive: DecayedWeight | null;
  negative: DecayedWeight | null;
  /** Events counted, impressions included. */
  events: number;
  /** Times shown. */
  impressions: number;
  /** The same, fading by itself: what fatigue is made of. Absent: never shown. */
  shown?: DecayedWeight | null;
  /** ms since the epoch of the newest event that counts towards taste; 0 when there is none. */
  lastTimestamp: number;
  /** The site asked, or the visitor chose, never to see this item again. */
  hidden: boolean;
}

export interface PreferenceRecord extends Feedback {
  itemId: string;
  /**
   * The share of events that have left the bounded log. Kept apart so that a rebuild (new
   * half-life, new weights) starts from here and replays what is left.
   */
  retired: Feedback | null;
}
