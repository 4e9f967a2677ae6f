/**
 * @module
 * What a site has asked for -> strict requests, where it is plainly right; else null, and `strict.ts`
 * says what holds. Checked in the worker rather than in the page, whose every byte is paid for by
 * every visitor, and without a word of what is wrong, which hardly a visitor meets.
 */
import { DEFAULT_ACTION_WEIGHTS, DEFAULT_LIST_COUNT, MAX_ITEM_ID_LENGTH } from '../events.ts';
import { MODEL_DEFAULTS, PAGE_DEFAULTS, tfjsBeside } from '../options.ts';
import type { ListRequest, LooseList, LooseOpenRequest, OpenRequest } from './api.ts';

export const MAX_COUNT = 1000;
export const UNKNOWN_CHOICES = ['reject', 'last'];
export const POPULARITY_WINDOWS = ['trending', 'all'];

/** The options that are on or off. */
const FLAGS = /^(track|trackAutomated|requireConsent|respectPrivacySignals|integrity|disabled)$/;

/** For a site that says which model, under which name, for which segment, and sets some flags. */
export function plainRequest(request: LooseOpenRequest): OpenRequest | null {
  const { options, pageUrl, kernelUrl, build, storage } = request;
  const { model, name = PAGE_DEFAULTS.name, segment = MODEL_DEFAULTS.segment, ...flags } = options;
  const isPlain =
    typeof model === 'string' &&
    model &&
    typeof name === 'string' &&
    name &&
    name.length <= 64 &&
    Object.entries(flags).every(([flag, to]) => FLAGS.test(flag) && typeof to === 'boolean');
  if (!isPlain) return null;
  try {
    return {
      ...MODEL_DEFAULTS,
      build,
      storage,
      manifestUrl: new URL(model, pageUrl).href,
      kernelUrl,
      tfjsUrl: tfjsBeside(kernelUrl, pageUrl),
      databaseName: name,
      actionWeights: DEFAULT_ACTION_WEIGHTS,
      // A data- attribute turns a name that looks like a number into one.
      segment: segment === null ? null : String(segment),
    };
  } catch {
    // No address.
    return null;
  }
}

/** @param defaultCount - not held to the bound: the length of a list that the caller gave. */
export function plainList(
  options: LooseList,
  defaultCount = DEFAULT_LIST_COUNT,
): ListRequest | null {
  const { count, exclude = [], filter = null, diversity = 0, explore = 0, times = 1 } = options;
  const { maxPerCategory = MAX_COUNT } = options;
  const isPlain =
    (count === undefined || isCount(count)) &&
    areIds(exclude) &&
    typeof filter === 'object' &&
    isShare(diversity) &&
    isShare(explore) &&
    isCount(maxPerCategory);
  if (!isPlain) return null;
  return {
    count: (count ?? defaultCount) * times,
    exclude,
    filter,
    diversity,
    maxPerCategory,
    explore,
  };
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ITEM_ID_LENGTH;
}

export function areIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isId);
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= MAX_COUNT;
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
