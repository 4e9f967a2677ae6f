/**
 * @module
 * Places: what differs between a page that came by npm and one with the script tag.
 */
import type { LooseOpenRequest, OpenRequest } from '../worker/api.ts';

export interface Places {
  createWorker: () => Worker;
  /** A worker from another address. */
  spawn: (url: string) => Worker;
  /** Where its script lies, for what takes its place where a policy refuses it. */
  workerUrl: () => string;
  /** What a worker is to open: resolved already, or for the worker to resolve. */
  request: Omit<OpenRequest, 'build' | 'storage'> | Omit<LooseOpenRequest, 'build' | 'storage'>;
  signal?: AbortSignal | undefined;
}
