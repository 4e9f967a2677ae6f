/**
 * @module
 * What of the engine few visitors need, as one part to be loaded then: why an item has its score,
 * segments, lists that explore or reorder, what is wrong with a manifest. To be imported only by `await import()`.
 */
export { decodeCodebooks } from './artifact/codebooks.ts';
export { parseManifest } from './artifact/parseManifest.ts';
export { fromPlanes } from './artifact/planes.ts';
export { decodeSegments } from './artifact/segmentsFile.ts';
export { explainRanked } from './explainRanked.ts';
export { exploreLists } from './exploration.ts';
export { diversify } from './rankers/diversify.ts';
export { inSegment } from './segments.ts';
export { createCategoryCap } from './rules/categoryCap.ts';
