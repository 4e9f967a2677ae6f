/**
 * @module
 * Checks of what callers pass; each failure names argument, bound and value.
 */
import { SottoError, shown } from '../errors.ts';

export function refused(name: string, bound: string, value: unknown): SottoError {
  return new SottoError('invalid-argument', `${name} must be ${bound} but got ${shown(value)}`);
}

/** @throws {SottoError} `invalid-argument` unless `value` is a text with something in it. */
export function requireId(name: string, value: unknown): string {
  if (typeof value !== 'string' || !value) throw refused(name, 'an item id', value);
  return value;
}

/** @throws {SottoError} `invalid-argument` unless `value` is an array of such texts. */
export function requireIds(name: string, value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw refused(name, 'an array of item ids', value);
  return value.map((id, index) => requireId(`${name}[${index}]`, id));
}
