/**
 * @module
 * Readers of argument values: what they throw names the option, the bound and the value.
 */
import { requireInteger, requireNumber, SottoError, shown } from '../src/errors.ts';

export function integerIn(name: string, minimum: number, maximum: number) {
  return (text: string): number => requireInteger(name, numberOrText(text), minimum, maximum);
}

export function numberIn(name: string, minimum: number, maximum: number) {
  return (text: string): number => requireNumber(name, numberOrText(text), minimum, maximum);
}

export function regularExpression(name: string) {
  return (text: string): RegExp => {
    try {
      return new RegExp(text, 'u');
    } catch (cause) {
      throw new SottoError(
        'invalid-argument',
        `${name} must be a regular expression but got ${shown(text)}`,
        { cause },
      );
    }
  };
}

export function oneOf<T extends string>(name: string, values: readonly T[]) {
  return (text: string): T => {
    const found = values.find((value) => value === text);
    if (found !== undefined) return found;
    throw new SottoError(
      'invalid-argument',
      `${name} must be one of ${values.join(', ')} but got ${shown(text)}`,
    );
  };
}

/** As `read`, and `none` for null. */
export function orNone<T>(read: (text: string) => T) {
  return (text: string): T | null => (text === 'none' ? null : read(text));
}

function numberOrText(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
