/**
 * @module
 * pageCall: what of a call cannot cross to the worker, a signal or a function as a list's filter.
 * Loaded with the first such call.
 */
import type { LooseList, Recommendation } from '../worker/api.ts';
import { abortable } from './abortable.ts';
import { askFiltered } from './askFiltered.ts';
import type { ListOptions } from './lists.ts';

export { abortable };

/** @param length - of the list that the caller gave to rank, if any. */
export function pageCall(
  { signal, filter, ...request }: ListOptions,
  ask: (request: LooseList) => Promise<Recommendation[]>,
  length?: number,
): Promise<Recommendation[]> {
  const call = () =>
    typeof filter === 'function'
      ? askFiltered(request, filter, ask, length)
      : ask(filter ? { ...request, filter } : request);
  return signal ? abortable(signal, call) : call();
}
