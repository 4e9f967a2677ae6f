/**
 * @module
 * abortable: a call that a signal can end.
 */
import { SottoError, invalidArgument } from '../errors.ts';

/**
 * `work`, unless `signal` is aborted first. What an aborted call has begun is not undone.
 * @throws {SottoError} `invalid-argument` for a signal that is none; it may be another frame's.
 */
export function abortable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (typeof signal.addEventListener !== 'function') {
    throw invalidArgument('signal', 'an AbortSignal', signal);
  }
  return new Promise((resolve, reject) => {
    const abort = () => reject(new SottoError('aborted', 'the call was aborted'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort);
    work()
      .finally(() => signal.removeEventListener('abort', abort))
      .then(resolve, reject);
  });
}
