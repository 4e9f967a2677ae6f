/**
 * @module
 * Places: what differs between a page that came by npm and one with the script tag.
 */
import type { LooseOpenRequest, OpenRequest } from '../worker/api.ts';
import type { Recommender } from './types.ts';

export interface Places {
  /** @param url - default: where its script lies. */
  spawn: (url?: string) => Worker;
  /** Where its script lies, for what takes its place where a policy refuses it. */
  workerUrl: () => string;
  /** What a worker is to open: resolved already, or for the worker to resolve. */
  request: Omit<OpenRequest, 'build' | 'storage'> | Omit<LooseOpenRequest, 'build' | 'storage'>;
  /** @param ended - aborted with the recommender's end. */
  begun?: (recommender: Recommender, ended: AbortSignal) => void;
}
