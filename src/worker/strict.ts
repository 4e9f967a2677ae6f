/**
 * @module
 * What a site has asked for, held to every bound: what is wrong comes back as a typed error, naming
 * option, bound and value. Loaded once something is not plainly right.
 */
import { invalidArgument, requireInteger, requireNumber, requireOneOf } from '../errors.ts';
import { requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../events.ts';
import { resolveOptions } from '../resolveOptions.ts';
import type { LooseList, LooseOpenRequest, OpenRequest } from './api.ts';
import { MAX_COUNT, POPULARITY_WINDOWS, UNKNOWN_CHOICES } from './plain.ts';

/** @throws {SottoError} `invalid-argument`. */
export function resolveRequest(request: LooseOpenRequest): OpenRequest {
  const { options, pageUrl, kernelUrl, build, storage } = request;
  return { ...resolveOptions(options, pageUrl, kernelUrl), build, storage };
}

/**
 * What is wrong with a list that `plainList` does not take.
 * @throws {SottoError} `invalid-argument`, always.
 */
export function refuseList(options: LooseList): never {
  const { count, exclude, filter, diversity, maxPerCategory, explore } = options;
  if (count !== undefined) requireInteger('count', count, 1, MAX_COUNT);
  if (exclude !== undefined) requireIds('exclude', exclude);
  if (filter !== undefined && typeof filter !== 'object') {
    throw invalidArgument('filter', 'an object or a function', filter);
  }
  if (diversity !== undefined) requireNumber('diversity', diversity, 0, 1);
  if (maxPerCategory !== undefined) requireInteger('maxPerCategory', maxPerCategory, 1, MAX_COUNT);
  if (explore !== undefined) requireNumber('explore', explore, 0, 1);
  throw invalidArgument('options', 'those of a list', options);
}

export function requireUnknown(value: unknown): void {
  requireOneOf('unknown', value, UNKNOWN_CHOICES);
}

export function requireWindow(value: unknown): void {
  requireOneOf('window', value, POPULARITY_WINDOWS);
}

export function requireId(name: string, value: unknown): string {
  return requireText(name, value, MAX_ITEM_ID_LENGTH);
}

export function requireIds(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw invalidArgument(name, 'an array of item ids', value);
  return value.map((id) => requireId(name, id));
}
