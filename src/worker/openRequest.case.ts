/**
 * @module
 * For tests and benchmarks: what a page asks the worker to open, and the calls' answers unwrapped.
 */
import { BUILD } from '../build.ts';
import { DEFAULT_ACTION_WEIGHTS } from '../events.ts';
import type { Answer, ListRequest, OpenRequest } from './api.ts';

export const LIST: ListRequest = { count: 12, exclude: [], filter: null, diversity: 0, explore: 0 };

/** @param part - `manifestUrl` and `databaseName`, and whatever else is to differ. */
export function openRequest(
  part: Partial<OpenRequest> & Pick<OpenRequest, 'manifestUrl' | 'databaseName'>,
): OpenRequest {
  const absolute = (path: string): string => new URL(path, location.href).href;
  return {
    build: BUILD,
    kernelUrl: absolute('/dist/sotto-kernels.wasm'),
    tfjsUrl: absolute('/dist/tfjs/'),
    storage: 'indexeddb',
    actionWeights: DEFAULT_ACTION_WEIGHTS,
    halfLifeDays: null,
    learner: 'closed-form',
    retrieval: 'auto',
    retentionDays: 365,
    retentionEvents: 10_000,
    ...part,
    manifestUrl: absolute(part.manifestUrl),
  };
}

/** @throws {Error} with the code, when the answer has none. */
export function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new Error(`${answer.error.code}: ${answer.error.message}`);
}
