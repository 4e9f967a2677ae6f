/**
 * @module
 * What of the log few visits need, as one part to be loaded then: what lets events go, and what a
 * report may still spend. To be imported only by `await import()`.
 */
export { retire } from './retire.ts';
export { spend } from './spend.ts';
