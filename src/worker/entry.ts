/**
 * @module
 * The worker's own script: offers the service to the page that started it. A page that may start no
 * worker imports it, and calls what stands under this symbol itself.
 */
import { serve } from './serve.ts';

/**
 * Under another address (one with a query) this file is evaluated again by the chunks that import
 * from it. The first one answers.
 */
const SERVE = Symbol.for('sotto.serve');
const scope = globalThis as unknown as Record<symbol, typeof serve | undefined>;

if (!scope[SERVE]) {
  scope[SERVE] = serve;
  // The types are a page's, where this is not what it is called on.
  if (typeof document === 'undefined') serve(self as unknown as Worker);
}
