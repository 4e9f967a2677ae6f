/**
 * @module
 * What a site has asked for -> strict requests. Checked here rather than in the page, whose
 * every byte is paid for by every visitor; what is refused comes back as the same typed error.
 */
import { invalidArgument, requireInteger, requireNumber, requireOneOf } from '../errors.ts';
import { requireText } from '../errors.ts';
import { DEFAULT_LIST_COUNT, MAX_ITEM_ID_LENGTH } from '../events.ts';
import { resolveOptions } from '../options.ts';
import type { Answer, ListRequest, LooseList, LooseOpenRequest, Notice } from './api.ts';
import type { OpenRequest, PageApi, WorkerApi } from './api.ts';
import { answer, unwrapAnswer } from './wireErrors.ts';

const MAX_COUNT = 1000;

/**
 * @param defaultCount - not held to the bound: the length of a list that the caller gave.
 * @throws {SottoError} `invalid-argument`, naming option, bound and value.
 */
export function resolveList(options: LooseList, defaultCount = DEFAULT_LIST_COUNT): ListRequest {
  const { count, exclude = [], filter = null, diversity = 0, explore = 0, times = 1 } = options;
  const { maxPerCategory = MAX_COUNT } = options;
  if (typeof filter !== 'object')
    throw invalidArgument('filter', 'an object or a function', filter);
  return {
    count:
      (count === undefined ? defaultCount : requireInteger('count', count, 1, MAX_COUNT)) * times,
    exclude: requireIds('exclude', exclude),
    filter,
    diversity: requireNumber('diversity', diversity, 0, 1),
    maxPerCategory: requireInteger('maxPerCategory', maxPerCategory, 1, MAX_COUNT),
    explore: requireNumber('explore', explore, 0, 1),
  };
}

/** The service, behind the checks that what comes from a page needs. */
export function checked(service: WorkerApi, notify: (notice: Notice) => void): PageApi {
  const refusing = <T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> =>
    answer(async () => unwrapAnswer(await work()));
  return {
    ...service,
    // What is wrong, but fails nothing, is said before the answer.
    open: (request) =>
      refusing(async () => {
        const opened = await service.open('options' in request ? resolved(request) : request);
        if (opened.ok) for (const value of opened.value.warnings) notify({ value });
        return opened;
      }),
    learn: async (events) => {
      const learned = await service.learn(events);
      for (const id of learned.ok ? learned.value.unknownItemIds : []) {
        const message = `the model knows no item "${id}"`;
        notify({ value: { code: 'unknown-item', message } });
      }
      return learned;
    },
    recommend: (options) => refusing(() => service.recommend(resolveList(options))),
    similar: (itemId, options) =>
      refusing(() => service.similar(requireId('itemId', itemId), resolveList(options))),
    rank: ({ itemIds, unknown = 'reject', ...options }) =>
      refusing(async () => {
        const { length } = requireIds('itemIds', itemIds);
        requireOneOf('unknown', unknown, ['reject', 'last']);
        const request = resolveList(options, length);
        return length
          ? service.rank({ ...request, itemIds, unknown })
          : { ok: true as const, value: [] };
      }),
    popular: ({ window = 'trending', ...options }) =>
      refusing(() => {
        requireOneOf('window', window, ['trending', 'all']);
        return service.popular(window, resolveList(options));
      }),
    explain: (itemId) => refusing(() => service.explain(requireId('itemId', itemId))),
  };
}

/** @throws {SottoError} `invalid-argument`. */
function resolved(request: LooseOpenRequest): OpenRequest {
  const { options, pageUrl, kernelUrl, protocol, storage } = request;
  return { ...resolveOptions(options, pageUrl, kernelUrl), protocol, storage };
}

function requireId(name: string, value: unknown): string {
  return requireText(name, value, MAX_ITEM_ID_LENGTH);
}

function requireIds(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw invalidArgument(name, 'an array of item ids', value);
  return value.map((id) => requireId(name, id));
}
