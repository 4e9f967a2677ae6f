/**
 * @module
 * The service, behind the checks that what comes from a page needs. What is plainly right passes at
 * once; for anything else `strict.ts` is loaded, which says whether and why it is refused.
 */
import { loaded } from '../errors.ts';
import type { Answer, ListRequest, LooseList, Notice, PageApi, WorkerApi } from './api.ts';
import { areIds, isId, plainList, plainRequest } from './plain.ts';
import { POPULARITY_WINDOWS, UNKNOWN_CHOICES } from './plain.ts';
import { answer, unwrapAnswer } from './wireErrors.ts';

export function checked(service: WorkerApi, notify: (notice: Notice) => void): PageApi {
  const refusing = <T>(work: () => Promise<Answer<T>>): Promise<Answer<T>> =>
    answer(async () => unwrapAnswer(await work()));
  return {
    ...service,
    // What is wrong, but fails nothing, is said before the answer.
    open: (request) =>
      refusing(async () => {
        const opened = await service.open(
          'options' in request
            ? (plainRequest(request) ?? (await strict()).resolveRequest(request))
            : request,
        );
        if (opened.ok) for (const value of opened.value.warnings) notify({ value });
        return opened;
      }),
    learn: async (...given) => {
      const learned = await service.learn(...given);
      for (const id of learned.ok ? learned.value.unknownItemIds : []) {
        const message = `the model knows no item "${id}"`;
        notify({ value: { code: 'unknown-item', message } });
      }
      return learned;
    },
    recommend: (options) => refusing(async () => service.recommend(await listOf(options))),
    similar: (itemId, options) =>
      refusing(async () => service.similar(await idOf(itemId), await listOf(options))),
    rank: ({ itemIds, unknown = 'reject', ...options }) =>
      refusing(async () => {
        if (!areIds(itemIds)) (await strict()).requireIds('itemIds', itemIds);
        if (!UNKNOWN_CHOICES.includes(unknown)) (await strict()).requireUnknown(unknown);
        const request = await listOf(options, itemIds.length);
        return itemIds.length
          ? service.rank({ ...request, itemIds, unknown })
          : { ok: true as const, value: [] };
      }),
    popular: ({ window = 'trending', ...options }) =>
      refusing(async () => {
        if (!POPULARITY_WINDOWS.includes(window)) (await strict()).requireWindow(window);
        return service.popular(window, await listOf(options));
      }),
    explain: (itemId) => refusing(async () => service.explain(await idOf(itemId))),
  };
}

/** @throws {SottoError} `invalid-argument`, naming option, bound and value. */
async function listOf(options: LooseList, defaultCount?: number): Promise<ListRequest> {
  return plainList(options, defaultCount) ?? (await strict()).refuseList(options);
}

async function idOf(itemId: string): Promise<string> {
  return isId(itemId) ? itemId : (await strict()).requireId('itemId', itemId);
}

const strict = () => loaded(import('./strict.ts'));
