/**
 * @module
 * reasonOf: what was thrown, in words. It was thrown by somebody else's code and may be anything:
 * even asking for its message may throw.
 */
import { shown } from '../../errors.ts';

export function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : shown(thrown);
  } catch {
    return 'it throws';
  }
}
