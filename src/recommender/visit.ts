/**
 * @module
 * Visit: what the parts of a running recommender share. `startRecommender` puts it together; each
 * part is a function of it.
 */
import { SottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import type { PageOptions } from '../options.ts';
import type { Consent } from '../tracker/consent.ts';
import type { Credits } from '../tracker/credits.ts';
import type { Guard } from '../tracker/guard.ts';
import type { Session } from '../tracker/session.ts';
import type { Answers } from './answerTypes.ts';
import type { Choices } from './choiceTypes.ts';
import type { Delivery } from './delivery.ts';
import type { Listeners } from './listeners.ts';
import type { Storage } from './storage.ts';

export interface Visit {
  options: PageOptions;
  listeners: Listeners;
  /** What watches for it ends with it, and what fails there is its 'error'. */
  guard: Guard;
  stores: Storage;
  session: Session;
  credits: Credits;
  delivery: Delivery;
  /** What pages before have tracked, and could not deliver. */
  left: readonly FeedbackEvent[];
  choices: Choices;
  /** What the store holds of this visitor; until it is known, nothing is written. */
  recall: () => Promise<[chosen: unknown, last: FeedbackEvent | undefined]>;
  /** Goes on with what another page has tracked. */
  join: (event: FeedbackEvent) => void;
  /** Rejects where the part that gives them does not load. */
  answers: Promise<Answers>;
  consent: Consent;
  /** The visitor's own choice, as it is stored; anything else than a Consent: none yet. */
  chosen: unknown;
  paused: boolean;
  isDestroyed?: true;
  /** Nothing is to be read, kept or learned. */
  isOff: boolean;
  /** Raised by whatever makes earlier lists wrong, so that a late one is not kept. */
  epoch: number;
}

/** Whether events may be stored and learned from now. */
export function mayLearn({ consent }: Pick<Visit, 'consent'>): boolean {
  return consent === 'granted';
}

/** @throws {SottoError} `destroyed`. */
export function expectAlive({ isDestroyed }: Visit): void {
  if (isDestroyed) throw new SottoError('destroyed', 'the recommender was destroyed');
}

/** What is said to whoever answers, once they are there. */
export function tellAnswers({ answers }: Visit, say: (answers: Answers) => void): void {
  quietly(answers.then(say));
}

/** For what has nobody to tell: it fails only once all is closed, or for a worker that has failed. */
export function quietly(work: Promise<unknown>): void {
  work.catch(() => {});
}
