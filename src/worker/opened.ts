/**
 * @module
 * What the worker holds once a model is open, and how it comes to be.
 */
import { SottoError } from '../errors.ts';
import type { PreferenceRecord } from '../events.ts';
import { createEngine, type Engine, type Visitor } from '../model/engine.ts';
import { createAlsLearner } from '../model/learners/als.ts';
import type { Learner } from '../model/learners/types.ts';
import type { RetrievalEngine } from '../model/retrieval/types.ts';
import type { PreferenceRules } from '../model/preferences.ts';
import { createBlendRanker } from '../model/rankers/blend.ts';
import { IndexedDbStore } from '../store/indexedDbStore.ts';
import { MemoryStore } from '../store/memoryStore.ts';
import type { Store } from '../store/types.ts';
import type { LearnerBackend, LearnTimings, ModelInfo, OpenRequest } from './api.ts';
import { chooseRetrieval } from './chooseRetrieval.ts';
import { loadModel } from './loadModel.ts';
import { toWireError } from './wireErrors.ts';

/** As `OpenRequest.protocol`. */
const PROTOCOL_VERSION = 1;

/** Everything that is there once a model is open. Learning moves the last five. */
export interface Opened {
  request: OpenRequest;
  rules: PreferenceRules;
  store: Store;
  /** Its name can change while it serves, as can the list of warnings: what is true now is theirs. */
  retrieval: RetrievalEngine;
  warnings: readonly SottoError[];
  engine: Engine;
  /** As it was when the model was opened. */
  info: ModelInfo;
  records: ReadonlyMap<string, PreferenceRecord>;
  visitor: Visitor;
  lastTimings: LearnTimings | null;
  rankMs: number | null;
  eventsSinceRetirement: number;
}

/**
 * @throws {SottoError} `version-unsupported` for a page of another build; as `loadModel`.
 */
export async function open(request: OpenRequest): Promise<Opened> {
  // Typed as the one version, but sent by whichever build the page has.
  const protocol: number = request.protocol;
  if (protocol !== PROTOCOL_VERSION) {
    throw new SottoError(
      'version-unsupported',
      `page and worker must be of one build: protocol must be ${PROTOCOL_VERSION} but is ${protocol}`,
    );
  }
  const {
    model,
    retrieval: given,
    timings,
    warnings,
  } = await loadModel(request.manifestUrl, request.kernelUrl);
  const { manifest } = model;
  const { learner, backend, device } = await openLearner(request, warnings);
  const warn = (error: SottoError) => void warnings.push(error);
  const retrieval = await chooseRetrieval({
    wanted: request.retrieval,
    given,
    model,
    sharedDevice: device,
    warn,
  });
  const halfLifeDays = request.halfLifeDays ?? manifest.halfLifeDays;
  const engine = createEngine(model, {
    learner,
    retrieval,
    ranker: createBlendRanker(),
    halfLifeDays,
    random: Math.random,
  });
  return {
    request,
    rules: { actionWeights: request.actionWeights, halfLifeDays },
    store:
      request.storage === 'memory' ? new MemoryStore() : new IndexedDbStore(request.databaseName),
    retrieval,
    warnings,
    engine,
    info: {
      modelId: manifest.modelId,
      createdAt: manifest.createdAt,
      items: manifest.items,
      dim: manifest.dim,
      bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
      retrieval: retrieval.name,
      learner: backend,
      storage: request.storage,
      warnings: warnings.map(toWireError),
      timings,
    },
    records: new Map(),
    visitor: await engine.learn([], Date.now()),
    lastTimings: null,
    rankMs: null,
    eventsSinceRetirement: 0,
  };
}

/** The learner that was asked for; the closed form, with a warning, where it cannot be had. */
async function openLearner(
  { learner, tfjsUrl }: OpenRequest,
  warnings: SottoError[],
): Promise<{ learner: Learner; backend: LearnerBackend; device: GPUDevice | null }> {
  if (learner === 'gradient') {
    try {
      // tfjs is many times the size of everything else: only who asks for it downloads it.
      const { createGradientLearner } = await import('../model/learners/gradient.ts');
      const gradient = await createGradientLearner({ backend: 'auto', tfjsUrl });
      warnings.push(...gradient.refused.map(({ error }) => error));
      return { learner: gradient, backend: gradient.backend, device: gradient.device };
    } catch (cause) {
      warnings.push(
        new SottoError('learner-unavailable', `tfjs does not start: ${String(cause)}`, { cause }),
      );
    }
  }
  return { learner: createAlsLearner(), backend: 'closed-form', device: null };
}
