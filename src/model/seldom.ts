/**
 * @module
 * What of the engine few visitors need, as one part to be loaded then: why an item has its score,
 * and segments. To be imported only by `await import()`.
 */
export { decodeSegments } from './artifact/segmentsFile.ts';
export { explainRanked } from './explainRanked.ts';
