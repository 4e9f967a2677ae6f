/**
 * @module
 * readManifest: `parseManifest` for a worker, which loads the words for what can be wrong with a
 * manifest once something is.
 */
import { loaded } from '../../errors.ts';
import { isManifest } from './isManifest.ts';
import type { Manifest } from './manifest.ts';

/** @throws {SottoError} as `parseManifest`; `worker-unavailable` where that cannot be loaded. */
export async function readManifest(text: string): Promise<Manifest> {
  try {
    const value: unknown = JSON.parse(text);
    if (isManifest(value)) return value;
  } catch {
    // Said below.
  }
  const { parseManifest } = await loaded(import('../seldom.ts'));
  return parseManifest(text);
}
