/**
 * @module
 * What a benchmark asks the package's worker to open.
 */
import { DEFAULT_ACTION_WEIGHTS } from '../../src/events.ts';
import type { OpenRequest } from '../../src/worker/api.ts';

export function openRequest(manifestUrl: string, databaseName: string): OpenRequest {
  const absolute = (path: string): string => new URL(path, location.href).href;
  return {
    protocol: 1,
    manifestUrl: absolute(manifestUrl),
    kernelUrl: absolute('/dist/sotto-kernels.wasm'),
    tfjsUrl: absolute('/dist/tfjs/'),
    databaseName,
    storage: 'indexeddb',
    actionWeights: DEFAULT_ACTION_WEIGHTS,
    halfLifeDays: null,
    learner: 'closed-form',
    retentionDays: 365,
    retentionEvents: 10_000,
  };
}

export const LIST = { count: 12, exclude: [], filter: null, diversity: 0, explore: 0 };
