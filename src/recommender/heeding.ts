/**
 * @module
 * heeding: a call that its caller may stop waiting for. Few do: how comes with the first that does.
 */
import { fromPart } from './fromPart.ts';
import type { CallOptions } from './lists.ts';

/** @throws {SottoError} `aborted`; `invalid-argument` for a signal that is none. */
export async function heeding<T>(
  options: CallOptions | null | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const signal = options?.signal;
  if (!signal) return work();
  const { abortable } = await fromPart(import('./pageCall.ts'));
  return abortable(signal, work);
}
