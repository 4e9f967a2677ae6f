/**
 * @module
 * SottoError: the one error type of the package, with a closed set of codes to switch on.
 *
 * A message names the argument, the bound and the value it got, so that it can be acted on from a
 * log line alone: `count must be in [1, 1000] but got 0`.
 */

/** Every way in which a call can fail. Closed: a `switch` over it can be exhaustive. */
export type SottoErrorCode =
  | 'invalid-argument'
  | 'unknown-item'
  | 'aborted'
  | 'destroyed'
  | 'manifest-missing'
  | 'manifest-invalid'
  | 'version-unsupported'
  | 'file-missing'
  | 'file-truncated'
  | 'file-corrupt'
  | 'row-out-of-range'
  | 'not-finite'
  | 'storage-unavailable'
  | 'worker-unavailable'
  | 'wasm-unavailable'
  | 'webgpu-unavailable'
  | 'learner-unavailable'
  | 'input-unreadable'
  | 'column-missing'
  | 'no-rows'
  | 'internal';

export class SottoError extends Error {
  override readonly name = 'SottoError';
  readonly code: SottoErrorCode;

  constructor(code: SottoErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Any thrown value as a SottoError; what is not one already becomes `code`, its cause kept. */
export function asSottoError(thrown: unknown, code: SottoErrorCode = 'internal'): SottoError {
  // By name: what is loaded on demand by the script brings a class of its own.
  if ((thrown as Error | undefined)?.name === 'SottoError') return thrown as SottoError;
  const message = (thrown as Error | undefined)?.message ?? String(thrown);
  return new SottoError(code, message, { cause: thrown });
}

/**
 * What is seldom needed, once it is loaded.
 * @throws {SottoError} `worker-unavailable` when it cannot be: offline, or not where the worker is.
 */
export function loaded<T>(part: Promise<T>): Promise<T> {
  return part.catch((thrown: unknown) => {
    throw asSottoError(thrown, 'worker-unavailable');
  });
}

/** The value as it should stand in an error message: short, quoted when it is text. */
export function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}…` : value);
  }
  if (typeof value === 'object' && value !== null) {
    return Array.isArray(value) ? `an array of ${value.length}` : 'an object';
  }
  return String(value);
}

/** The error for an argument out of its bounds. */
export function invalidArgument(name: string, bound: string, value: unknown): SottoError {
  return new SottoError('invalid-argument', `${name} must be ${bound} but got ${shown(value)}`);
}

/**
 * @throws {SottoError} `invalid-argument` unless `value` is a whole number in [`minimum`, `maximum`].
 */
export function requireInteger(
  name: string,
  value: unknown,
  minimum: number,
  maximum: number,
): number {
  return requireNumber(name, value, minimum, maximum, 'whole number', Number.isInteger);
}

/**
 * @throws {SottoError} `invalid-argument` unless `value` is a finite number in [`minimum`, `maximum`].
 */
export function requireNumber(
  name: string,
  value: unknown,
  minimum: number,
  maximum: number,
  kind = 'number',
  isKind: (value: unknown) => boolean = Number.isFinite,
): number {
  if (isKind(value) && (value as number) >= minimum && (value as number) <= maximum) {
    return value as number;
  }
  throw invalidArgument(name, `a ${kind} in [${minimum}, ${maximum}]`, value);
}

/** @throws {SottoError} `invalid-argument` unless `value` is one of `choices`. */
export function requireOneOf<T>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw invalidArgument(name, `one of ${choices.join(', ')}`, value);
}

/** @throws {SottoError} `invalid-argument` unless `value` is a text of 1 to `maximum` UTF-16 units. */
export function requireText(name: string, value: unknown, maximum: number): string {
  if (typeof value === 'string' && value && value.length <= maximum) return value;
  throw invalidArgument(name, `a text of 1 to ${maximum} characters`, value);
}
