/**
 * @module
 * serve: the service at one end of a wire. That is the worker's own, or a channel within a page that
 * may start no worker.
 */
import { expose, type Endpoint } from 'comlink';
import type { Notice } from './api.ts';
import { setPace, type Pace } from './breathe.ts';
import { checked } from './checked.ts';
import { RETIREMENT_MS } from './learnFromLog.ts';
import { createService } from './service.ts';

/**
 * @param pace - of a thread that is not the service's alone.
 * @returns what ends it, for a page that goes on without: a worker is ended whole.
 */
export function serve(wire: Endpoint, pace?: Pace): () => void {
  if (pace) setPace(pace);
  const notify = (notice: Notice): void => wire.postMessage(notice);
  const service = checked(createService(notify), notify);
  expose(service, wire);
  // Learning is what lets old events go, also in a page that is left open.
  const timer = setInterval(() => void service.learn(), RETIREMENT_MS);
  return () => {
    clearInterval(timer);
    void service.close();
  };
}
