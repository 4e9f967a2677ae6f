/**
 * @module
 * The worker's own script: offers the service to the page that started it.
 */
import { expose } from 'comlink';
import type { Notice } from './api.ts';
import { createService } from './service.ts';
import { RETIREMENT_MS } from './learnFromLog.ts';
import { checked } from './checked.ts';

/**
 * Under another address (one with a query) this file is evaluated again by the chunks that import
 * from it. The first one answers.
 */
const isServed = Symbol.for('sotto.served');
const scope = self as unknown as Record<symbol, boolean | undefined>;

if (!scope[isServed]) {
  scope[isServed] = true;
  const notify = (notice: Notice): void => postMessage(notice);
  const service = checked(createService(notify), notify);
  expose(service);
  // Learning is what lets old events go, also in a page that is left open.
  setInterval(() => void service.learn(), RETIREMENT_MS);
}
