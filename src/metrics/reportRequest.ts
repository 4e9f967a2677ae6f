/**
 * @module
 * ReportRequest -> ResolvedReportRequest: the only home of a report's defaults and bounds, for the
 * device that answers and for the server that decodes.
 */
import { invalidArgument, requireInteger, requireNumber, requireText } from '../errors.ts';
import type { MetricQuestion, ReportRequest } from './types.ts';
import type { ResolvedQuestion, ResolvedReportRequest } from './types.ts';

const MAX_QUESTIONS = 100;
const MAX_NAME_LENGTH = 512;
const MAX_POSITION = 1e9;
const MAX_CAP = 100;

/** @throws {SottoError} `invalid-argument`, naming field, bound and value. */
export function resolveReportRequest(given: ReportRequest): ResolvedReportRequest {
  // Spread: nothing given at all is refused for want of metrics.
  const { metrics, epsilon = 1, lifetimeEpsilon = 10, days = 7, answers } = { ...given };
  if (!Array.isArray(metrics) || !metrics.length || metrics.length > MAX_QUESTIONS) {
    throw invalidArgument('metrics', `an array of 1 to ${MAX_QUESTIONS}`, metrics);
  }
  const questions = (metrics as MetricQuestion[]).map(resolveQuestion);
  const keys = questions.map(questionKey);
  const repeated = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (repeated >= 0) {
    throw invalidArgument(`metrics[${repeated}]`, 'unlike every other', keys[repeated]);
  }
  return {
    metrics: questions,
    epsilon: requireNumber('epsilon', epsilon, 0.01, 1),
    lifetimeEpsilon: requireNumber('lifetimeEpsilon', lifetimeEpsilon, 0.01, 20),
    answers: requireInteger('answers', answers ?? questions.length, 1, questions.length),
    days: requireNumber('days', days, 1, 365),
  };
}

/** Equal for questions that are the same one. */
export function questionKey({ listId, position, action, cap }: ResolvedQuestion): string {
  return JSON.stringify([listId, position, action, cap]);
}

function resolveQuestion(given: MetricQuestion, index: number): ResolvedQuestion {
  const { listId, position, action, cap = 1 } = { ...given };
  const name = (field: string): string => `metrics[${index}].${field}`;
  return {
    listId: listId === undefined ? null : requireText(name('listId'), listId, MAX_NAME_LENGTH),
    position:
      position === undefined ? null : requireInteger(name('position'), position, 0, MAX_POSITION),
    action: requireText(name('action'), action, MAX_NAME_LENGTH),
    cap: requireInteger(name('cap'), cap, 1, MAX_CAP),
  };
}
