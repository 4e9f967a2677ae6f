/**
 * @module
 * heeding: a call that its caller may stop waiting for. Few do: how comes with the first that does.
 */
import { fromPart } from './fromPart.ts';
import type { CallOptions } from './lists.ts';

/**
 * @param work - is given the options without the signal, which is the page's alone.
 * @throws {SottoError} `aborted`; `invalid-argument` for a signal that is none.
 */
export async function heeding<O extends CallOptions, T>(
  options: O | null | undefined,
  work: (given: Omit<O, 'signal'>) => Promise<T>,
): Promise<T> {
  const { signal, ...given } = options ?? ({} as O);
  if (!signal) return work(given);
  const { abortable } = await fromPart(import('./pageCall.ts'));
  return abortable(signal, () => work(given));
}
