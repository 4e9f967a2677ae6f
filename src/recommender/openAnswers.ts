/**
 * @module
 * openAnswers: the worker, asked for at once and side by side with what talks with it; what is in the
 * database is read meanwhile.
 */
import type * as answers from './answers.ts';
import type { Answers } from './answerTypes.ts';
import type { Places } from './places.ts';
import type { Visit } from './visit.ts';

/**
 * @param half - what talks with the worker. Where it does not load, events are kept all the same, and
 * the next page learns from them.
 * @param known - settled once the visit says what the visitor has chosen.
 */
export async function openAnswers(
  visit: Visit,
  places: Places,
  half: Promise<typeof answers>,
  known: Promise<unknown> | undefined,
): Promise<Answers> {
  let first: Worker | null = null;
  try {
    // Of a worker at its own address no browser checks a hash.
    if (!visit.options.integrity) {
      first = places.spawn();
      // Until it is asked it says nothing else.
      first.onerror = () => (first = null);
      visit.guard.signal.addEventListener('abort', () => first?.terminate());
    }
  } catch {
    // Refused: there are lower rungs.
  }
  // Of one that nobody comes to talk with, the end of the page is the end.
  const [{ createAnswers }] = await Promise.all([half, known]);
  return createAnswers(visit, places, first);
}
