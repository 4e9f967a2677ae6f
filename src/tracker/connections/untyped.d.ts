/**
 * @module
 * Packages that the tests run beside and that come without types.
 */

/** The IAB's stub: puts `__tcfapi` on the window. */
declare module '@iabtechlabtcf/stub' {
  export default function putStub(): void;
}

/** Google's helper for data layers: puts `DataLayerHelper` on the window. */
declare module 'data-layer-helper/dist/data-layer-helper.js';
