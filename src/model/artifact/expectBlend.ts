/**
 * @module
 * The blend in a manifest: signals that this build knows, each once, weighed with finite numbers.
 */
import { SIGNALS, type Signal } from '../blend.ts';
import { expectNumber, fail } from './expectValues.ts';
import { MAX_WEIGHT } from './manifest.ts';

export function expectBlend(blend: Record<string, unknown>): void {
  expectNumber(blend, 'recentHalfLifeDays', 1e-6, 1e6, false, 'blend');
  if (blend['freshHalfLifeDays'] !== undefined) {
    expectNumber(blend, 'freshHalfLifeDays', 1e-6, 1e6, false, 'blend');
  }
  const { signals } = blend;
  if (!Array.isArray(signals)) fail('blend.signals', 'an array', signals);
  const met = new Set<unknown>();
  for (const [index, given] of (signals as unknown[]).entries()) {
    const place = `blend.signals[${index}]`;
    if (typeof given !== 'object' || given === null) fail(place, 'an object', given);
    const weighed = given as Record<string, unknown>;
    const signal = weighed['signal'] as Signal;
    if (!SIGNALS.includes(signal)) fail(`${place}.signal`, `one of ${SIGNALS.join(', ')}`, signal);
    if (met.has(signal)) fail(`${place}.signal`, 'there once', signal);
    met.add(signal);
    expectNumber(weighed, 'weight', -MAX_WEIGHT, MAX_WEIGHT, false, place);
    expectNumber(weighed, 'whenNew', -MAX_WEIGHT, MAX_WEIGHT, false, place);
    if (weighed['whenFresh'] !== undefined) {
      expectNumber(weighed, 'whenFresh', -MAX_WEIGHT, MAX_WEIGHT, false, place);
    }
    expectNumber(weighed, 'spread', 1e-9, 1e9, false, place);
  }
}
