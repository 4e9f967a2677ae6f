/**
 * @module
 * A cap by category of so many is none: no list that a page asks for is longer.
 */
export const UNCAPPED = 1000;
