import { describe, expect, it } from 'vitest';
import { atOnce } from '../steps.ts';
import { decodeStatistics } from './decodeStatistics.ts';

function placeOf(trending: number[]): unknown {
  const popularity = trending.map(() => 1);
  return atOnce(decodeStatistics({ popularity, trending }, trending.length)).trending;
}

describe('counts', () => {
  it.each([
    [[0, 255], Uint8Array],
    [[0, 256], Uint16Array],
    [[65_536, 0], Uint32Array],
    [[2 ** 32, 0], Float32Array],
    [[0.25, 7], Float32Array],
    [[1e300, 0.5], Float64Array],
    [[], Uint8Array],
  ])('%j take as few bytes as hold them', (values, Place) => {
    expect(placeOf(values)).toEqual(Place.from(values));
  });
});
