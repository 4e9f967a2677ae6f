/**
 * @module
 * The native peer: exact search of the npm package `usearch`, float32, one thread, in this process.
 *
 * A development dependency that brings its own binaries. Where there is none for the machine, the
 * benchmark goes on without it and says why.
 */
import type { RankCase } from './rankCase.ts';

export const USEARCH = 'USearch exactSearch, native';

export interface NativePeer {
  /** @returns the k best rows, and how long that took. */
  ask(query: Float32Array): { rows: number[]; ms: number };
}

/** @returns why not, where it cannot be had. */
export async function openUsearch(
  { floats, dim }: RankCase,
  k: number,
): Promise<NativePeer | string> {
  try {
    const { exactSearch, MetricKind } = await import('usearch');
    return {
      ask(query) {
        const started = performance.now();
        const { keys } = exactSearch(floats, query, dim, k, MetricKind.IP, 1);
        const ms = performance.now() - started;
        return { rows: Array.from(keys, Number), ms };
      },
    };
  } catch (thrown) {
    return `usearch cannot be loaded: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
}
