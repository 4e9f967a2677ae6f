import { describe, expect, it } from 'vitest';
import { tableOf } from '../evaluation/table.case.ts';
import type { Objective } from '../objective.ts';
import { decayEvents } from './decayEvents.ts';
import { sparseFromInteractions } from './sparse.ts';

const ials: Objective = { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 };

/** u met a on days 0 and 10, b on day 20; v met b on day 30, the newest. */
const log = tableOf('u a 0\nu a 10\nu b 20\nv b 30');

describe('decayEvents', () => {
  const pairs = (repeat: 'once' | 'max' | 'sum', weights = [2, 2, 2, 2]) => {
    const table = { ...log, weights: Float32Array.from(weights) };
    const decayed = decayEvents(table, ials, repeat, 10);
    return [...sparseFromInteractions(decayed.interactions, decayed.repeat).values];
  };

  it('once: 1, halved with every half-life since the newest event of the pair', () => {
    expect(pairs('once')).toEqual([1 / 4, 1 / 2, 1]);
  });

  it('max: the strongest after decay', () => {
    expect(pairs('max', [16, 2, 2, 2])).toEqual([2, 1, 2]);
  });

  it('sum: all, each decayed', () => {
    expect(pairs('sum')).toEqual([2 / 8 + 2 / 4, 1, 2]);
  });

  it('keeps the sign', () => {
    expect(pairs('once', [2, 2, -1, 2])).toEqual([1 / 4, -1 / 2, 1]);
  });

  it('names what it needs', () => {
    const implicit: Objective = { convention: 'implicit', alpha: 40, lambda: 0.01 };
    expect(() => decayEvents(log, implicit, 'once', 10)).toThrow(
      'a training half-life needs the objective ials but got implicit',
    );
    expect(() => decayEvents({ ...log, timestamps: null }, ials, 'once', 10)).toThrow(
      /time column/,
    );
    expect(() => decayEvents(log, ials, 'once', 0)).toThrow('training half-life must be a number');
  });
});
