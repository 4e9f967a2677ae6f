/**
 * @module
 * All that ranks, in one file: a visitor's browser asks once, whichever kind the model is of.
 */
export { topK } from './topK';
export { rescore, scan } from './compact';
