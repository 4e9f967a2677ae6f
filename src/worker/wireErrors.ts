/**
 * @module
 * SottoError <-> what crosses between worker and page: comlink keeps only the message of a thrown
 * error, and the code is what callers switch on.
 */
import { SottoError, asSottoError } from '../errors.ts';
import type { Answer, WireError } from './api.ts';

export function toWireError(thrown: unknown): WireError {
  const { code, message } = asSottoError(thrown);
  return { code, message };
}

export function fromWireError({ code, message }: WireError): SottoError {
  return new SottoError(code, message);
}

/** Runs `work` and answers with its value, or with why there is none. Never rejects. */
export async function answer<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toWireError(thrown) };
  }
}

/** @throws {SottoError} the one in the answer. */
export function unwrapAnswer<T>(given: Answer<T>): T {
  if (given.ok) return given.value;
  throw fromWireError(given.error);
}
