/**
 * @module
 * layerName: the global that a site's data layer goes by; `true` is the usual one.
 */
import { requireText } from '../../errors.ts';

/** @throws {SottoError} `invalid-argument`, naming the option and the value. */
export function layerName(option: string, setting: unknown): string {
  return setting === true ? 'dataLayer' : requireText(option, setting, 64);
}
