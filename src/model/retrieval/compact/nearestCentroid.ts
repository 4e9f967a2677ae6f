/**
 * @module
 * Which of a subspace's sixteen centroids a point is nearest to.
 */
import { CENTROIDS } from './layout.ts';

/** @param offset - where the subspace's sixteen pairs begin. Equal distances: the first. */
export function nearestCentroid(
  centroids: ArrayLike<number>,
  offset: number,
  x: number,
  y: number,
): number {
  let nearest = 0;
  let smallest = Infinity;
  for (let centre = 0; centre < CENTROIDS; centre++) {
    const dx = centroids[offset + 2 * centre] - x;
    const dy = centroids[offset + 2 * centre + 1] - y;
    const distance = dx * dx + dy * dy;
    if (distance < smallest) {
      smallest = distance;
      nearest = centre;
    }
  }
  return nearest;
}
