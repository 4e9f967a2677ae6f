/**
 * @module
 * fromPart: what the page loads itself. The script tag's build says so by itself, and has
 * `loadPart` in its place.
 */
import { asSottoError } from '../errors.ts';

/** @throws {SottoError} `file-missing` when it cannot be loaded. */
export function fromPart<T>(part: Promise<T>): Promise<T> {
  return part.catch((thrown: unknown) => {
    throw asSottoError(thrown, 'file-missing');
  });
}
