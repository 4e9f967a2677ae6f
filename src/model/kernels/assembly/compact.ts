/**
 * @module
 * Two-stage scan over compact codes: 4-bit codes of all rows by table look-up in registers, then
 * the int8 rows of a few hundred candidates exactly; and the exact scan, for models that it suits
 * better. A file of its own: only compact models ask.
 *
 * Memory is laid out by `kernels/compactKernel.ts`, codes by
 * `retrieval/compact/layout.ts`. The readable twin is `retrieval/compact/reference.ts`.
 */
export { rescore } from './rescore';
export { scan } from './scanCodes';
export { topK } from './topK';
