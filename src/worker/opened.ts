/**
 * @module
 * What the worker holds once a model is open, and how it comes to be.
 */
import { SottoError } from '../errors.ts';
import type { PreferenceRecord } from '../events.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
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
import type { LoadedModel } from './loadModel.ts';
import { openModel, type ModelStages } from './openModel.ts';
import { toWireError } from './wireErrors.ts';

/** As `OpenRequest.protocol`. */
const PROTOCOL_VERSION = 1;

/** Everything that is there once a model is open. Learning moves the last five. */
export interface Opened {
  request: OpenRequest;
  rules: PreferenceRules;
  store: Store;
  learner: Learner;
  /** tfjs', where the learner computes on WebGPU. */
  device: GPUDevice | null;
  /** Its name can change while it serves, as can the list of warnings: what is true now is theirs. */
  retrieval: RetrievalEngine;
  warnings: SottoError[];
  engine: Engine;
  /** As it was when the model was opened. */
  info: ModelInfo;
  records: ReadonlyMap<string, PreferenceRecord>;
  visitor: Visitor;
  lastTimings: LearnTimings | null;
  rankMs: number | null;
  eventsSinceRetirement: number;
  /** Items that the model does not know, from events counted while it opened. */
  unreportedItemIds: readonly string[];
}

/**
 * @throws {SottoError} `version-unsupported` for a page of another build; as `openModel`.
 */
export async function open(request: OpenRequest): Promise<{ opened: Opened; stages: ModelStages }> {
  // Typed as the one version, but sent by whichever build the page has.
  const protocol: number = request.protocol;
  if (protocol !== PROTOCOL_VERSION) {
    throw new SottoError(
      'version-unsupported',
      `page and worker must be of one build: protocol must be ${PROTOCOL_VERSION} but is ${protocol}`,
    );
  }
  const store =
    request.storage === 'memory' ? new MemoryStore() : new IndexedDbStore(request.databaseName);
  // Opens the database while the model is on its way. Whoever reads from it next hears of failures.
  store.countEvents().catch(() => undefined);
  const stages = await openModel(request).catch((thrown: unknown) => {
    store.close();
    throw thrown;
  });
  const { first, manifest, manifestMs } = stages;
  const warnings = [...first.warnings];
  const { learner, backend, device } = await openLearner(request, warnings);
  const held = { request, learner, device, warnings };
  const parts = await enginePartsOf(held, first);
  const opened: Opened = {
    ...held,
    ...parts,
    store,
    info: {
      ...modelInfo(manifest, parts.retrieval),
      learner: backend,
      storage: request.storage,
      warnings: warnings.map(toWireError),
      timings: { manifest: manifestMs, ...first.timings },
    },
    records: new Map(),
    visitor: await parts.engine.learn([], Date.now()),
    lastTimings: null,
    rankMs: null,
    eventsSinceRetirement: 0,
    unreportedItemIds: [],
  };
  return { opened, stages };
}

/**
 * The same visitor, log and learner on another model: what was learned is learned anew from the
 * records. `state` is not touched, and serves on if this fails.
 */
export async function withModel(
  state: Opened,
  manifest: Manifest,
  loaded: LoadedModel,
): Promise<Opened> {
  const parts = await enginePartsOf(state, loaded);
  const timings = { ...state.info.timings, ...loaded.timings };
  return {
    ...state,
    ...parts,
    info: { ...state.info, ...modelInfo(manifest, parts.retrieval), timings },
    visitor: await parts.engine.learn(state.records.values(), Date.now()),
  };
}

async function enginePartsOf(
  {
    request,
    learner,
    device,
    warnings,
  }: Pick<Opened, 'request' | 'learner' | 'device' | 'warnings'>,
  { model, retrieval: given }: LoadedModel,
) {
  const retrieval = await chooseRetrieval({
    wanted: request.retrieval,
    given,
    model,
    sharedDevice: device,
    warn: (error) => void warnings.push(error),
  });
  const halfLifeDays = request.halfLifeDays ?? model.manifest.halfLifeDays;
  const engine = createEngine(model, {
    learner,
    retrieval,
    ranker: createBlendRanker(),
    halfLifeDays,
    random: Math.random,
  });
  return { engine, retrieval, rules: { actionWeights: request.actionWeights, halfLifeDays } };
}

function modelInfo(manifest: Manifest, retrieval: RetrievalEngine) {
  const { modelId, createdAt, items, dim, files } = manifest;
  return {
    modelId,
    createdAt,
    items,
    dim,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    retrieval: retrieval.name,
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
