/**
 * @module
 * The engines that few visitors are served by, as one part to be loaded then: of compact models, and
 * of browsers that refuse WebAssembly. To be imported only by `await import()`.
 */
export { createCompactMemory } from './compact/createCompactMemory.ts';
export { createReferenceRetrieval } from './reference.ts';
