/**
 * @module
 * What a manifest must hold, value by value; each of these throws `manifest-invalid`, naming the
 * field, its bound and what is there.
 */
import { refuseModel } from './refuseModel.ts';

export function expectText(from: Record<string, unknown>, name: string): void {
  if (typeof from[name] !== 'string' || from[name] === '') fail(name, 'a text', from[name]);
}

/** A date as `Date.parse` reads it. */
export function expectTime(from: Record<string, unknown>, name: string): void {
  const value = from[name];
  if (!Number.isFinite(Date.parse(value as string))) fail(name, 'a date, ISO 8601', value);
}

export function expectObject(from: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = from[name];
  if (typeof value !== 'object' || value === null) fail(name, 'an object', value);
  return value as Record<string, unknown>;
}

export function expectNumber(
  from: Record<string, unknown>,
  name: string,
  minimum: number,
  maximum: number,
  whole = false,
  place?: string,
): number {
  const value = from[name];
  const good =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= minimum &&
    value <= maximum &&
    (!whole || Number.isInteger(value));
  if (!good) {
    fail(
      place ? `${place}.${name}` : name,
      `a ${whole ? 'whole number' : 'number'} in [${minimum}, ${maximum}]`,
      value,
    );
  }
  return value;
}

export function fail(name: string, bound: string, value: unknown): never {
  refuseModel(`manifest: ${name}`, bound, value);
}
