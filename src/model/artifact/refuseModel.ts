/**
 * @module
 * refuseModel: what of a model's files does not fit, in one form of words for manifest and files.
 */
import { SottoError, shown } from '../../errors.ts';

/** @throws {SottoError} `manifest-invalid`, always. @param name - with the file that it is of. */
export function refuseModel(name: string, bound: string, value: unknown): never {
  throw new SottoError('manifest-invalid', `${name} must be ${bound} but is ${shown(value)}`);
}
