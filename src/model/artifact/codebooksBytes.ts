/**
 * @module
 * How long the `codebooks` file of a compact model is: apart from its reader, which few visitors load.
 */
import { CENTROIDS, subspaceCount } from '../retrieval/compact/layout.ts';

/** @param dim - columns of the factors. */
export function codebooksBytes(dim: number): number {
  return (dim * dim + subspaceCount(dim) * CENTROIDS * 2) * 4;
}
