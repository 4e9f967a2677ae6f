/**
 * @module
 * openAnswers: the worker and the part that talks with it, asked for side by side and at once; what
 * is in the database is read meanwhile.
 */
import { asSottoError } from '../errors.ts';
import type { Answers } from './answers.ts';
import type { Places } from './places.ts';
import type { Visit } from './visit.ts';

/**
 * @param known - settled once the visit says what the visitor has chosen.
 * @returns rejects, after one 'error', where the part does not load: events are kept all the same,
 * and the next page learns from them.
 */
export async function openAnswers(
  visit: Visit,
  places: Places,
  known: Promise<unknown> | undefined,
): Promise<Answers> {
  let first: Worker | null = null;
  try {
    // Of a worker at its own address no browser checks a hash.
    if (!visit.options.integrity) {
      first = places.createWorker();
      // Until it is asked it says nothing else.
      first.onerror = () => (first = null);
    }
  } catch {
    // Refused: there are lower rungs.
  }
  try {
    const [{ createAnswers }] = await Promise.all([import('./answers.ts'), known]);
    return createAnswers(visit, places, first);
  } catch (thrown) {
    first?.terminate();
    const error = asSottoError(thrown, 'file-missing');
    visit.listeners.fail(error);
    throw error;
  }
}
