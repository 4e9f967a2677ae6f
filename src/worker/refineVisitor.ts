/**
 * @module
 * Refines what was learned, behind the closed form's answer: lists go on coming from that until a
 * refinement is done, which then takes its place. A refinement that newer events, a forgotten item
 * or another model have made stale is dropped, and stops at its next look.
 *
 * With tfjs, which is many times the size of everything else: to be imported only by `await import()`.
 */
import type { SottoError } from '../errors.ts';
import { itemsTrained } from '../model/artifact/manifest.ts';
import type { Visitor } from '../model/engine.ts';
import { createTfjsRefiner } from '../model/learners/refine/tfjs.ts';
import type { RefineLimits } from '../model/learners/refine/types.ts';
import type { LearnReport, Notice, OpenRequest } from './api.ts';
import type { Opened, VisitorRefiner } from './state.ts';
import { toWireError } from './wireErrors.ts';

/** So long a step may keep the worker's thread from answering, ms. */
const SLICE_MS = 8;

/**
 * @param warnings - added to, where a backend that comes first cannot be had.
 * @throws {SottoError} as `createTfjsRefiner`.
 */
export async function openRefiner(
  {
    learner,
    tfjsUrl,
  }: Pick<OpenRequest, 'tfjsUrl'> & {
    learner: Exclude<OpenRequest['learner'], 'closed-form'>;
  },
  warnings: SottoError[],
  notify: (notice: Notice) => void,
): Promise<VisitorRefiner> {
  const loss = learner === 'gradient' ? 'squared' : learner;
  const refiner = await createTfjsRefiner({ loss, backend: 'auto', tfjsUrl });
  warnings.push(...refiner.refused.map(({ error }) => error));
  /** The visitor that is being, or was last, refined. */
  let current: Visitor | null = null;

  async function refine(state: Opened, visitor: Visitor): Promise<void> {
    const { engine } = state;
    const isStale = (): boolean => current !== visitor || state.visitor !== visitor;
    const started = performance.now();
    const { factors, gram, prior, manifest, statistics } = engine.model;
    const found = await refiner.refine(
      {
        factors,
        gram,
        prior,
        objective: manifest.objective,
        wholeItems: itemsTrained(manifest),
        popularity: statistics.popularity,
      },
      visitor.preferences,
      { isStale, breathe: createBreath() },
    );
    if (found === null || isStale()) return;
    const ms = performance.now() - started;
    const refinement = { ...found.run, backend: refiner.backend, ms };
    state.visitor = current = { ...visitor, embedding: found.embedding };
    state.refinement = refinement;
    const report: LearnReport = {
      events: 0,
      changed: true,
      unknownItemIds: [],
      timings: { replay: 0, learn: ms, total: ms },
      refinement,
    };
    notify({ value: null, update: { reason: 'refined', report } });
  }

  return {
    backend: refiner.backend,
    device: refiner.device,
    start(state) {
      const { visitor } = state;
      // The same: nothing was learned since.
      if (visitor === current) return;
      current = visitor;
      if (!visitor.preferences.some(({ positives }) => positives > 0)) return;
      refine(state, visitor).catch((thrown: unknown) => notify({ value: toWireError(thrown) }));
    },
    dispose() {
      current = null;
      refiner.dispose();
    },
  };
}

/** Lets the thread's other work go first whenever it has been kept for a slice. */
function createBreath(): RefineLimits['breathe'] {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < SLICE_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
  };
}
