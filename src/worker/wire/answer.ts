/**
 * @module
 * An answer, or why there is none. Types only; every value is structured-clonable.
 */
import type { SottoErrorCode } from '../../errors.ts';

/** A SottoError on the wire. */
export interface WireError {
  code: SottoErrorCode;
  message: string;
}

/** Every answer: comlink would flatten a thrown error to its message and lose the code. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: WireError };
