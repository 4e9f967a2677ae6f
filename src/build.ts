/**
 * @module
 * Which build this is: the version and a hash of the sources, put in by the build. Page and worker
 * are files of their own, copied and cached apart; only those of one build speak with each other.
 */
declare const SOTTO_BUILD: string | undefined;

export const BUILD = typeof SOTTO_BUILD === 'string' ? SOTTO_BUILD : 'unbuilt sources';
