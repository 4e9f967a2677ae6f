/**
 * @module
 * fromPart: what the second half loads itself. The script's own imports say so by themselves.
 */
import { asSottoError } from '../errors.ts';

/** @throws {SottoError} `file-missing` when it cannot be loaded. */
export function fromPart<T>(part: Promise<T>): Promise<T> {
  return part.catch((thrown: unknown) => {
    throw asSottoError(thrown, 'file-missing');
  });
}
