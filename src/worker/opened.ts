/**
 * @module
 * How what the worker holds comes to be, once a model is open.
 */
import { BUILD } from '../build.ts';
import { SottoError, loaded as whenLoaded } from '../errors.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import { createEngine } from '../model/engine.ts';
import { createAlsLearner } from '../model/learners/als.ts';
import type { RetrievalEngine } from '../model/retrieval/types.ts';
import { segmentOf } from '../model/segmentOf.ts';
import { createRanker } from '../model/rankers/createRanker.ts';
import { connect } from '../store/connection.ts';
import { IndexedDbLog } from '../store/indexedDbLog.ts';
import type { Notice, OpenRequest } from './api.ts';
import { pause } from './breathe.ts';
import { chooseRetrieval } from './chooseRetrieval.ts';
import type { LoadedModel } from './loadModel.ts';
import { openModel, type ModelStages } from './openModel.ts';
import type { Opened, VisitorRefiner, WorkerStore } from './state.ts';
import { toWireError } from './wireErrors.ts';

/**
 * @param notify - told of refinements.
 * @throws {SottoError} `version-unsupported` for a page of another build; as `openModel`.
 */
export async function open(
  request: OpenRequest,
  notify: (notice: Notice) => void,
): Promise<{ opened: Opened; stages: ModelStages }> {
  if (request.build !== BUILD) {
    throw new SottoError(
      'version-unsupported',
      `page and sotto-worker.js must be of one build but are ${request.build} and ${BUILD}`,
    );
  }
  const storeOpening = openStore(request);
  // Heard of below, once the model is there.
  storeOpening.catch(() => undefined);
  const stages = await openModel(request).catch(async (thrown: unknown) => {
    await storeOpening.then((store) => store.close()).catch(() => undefined);
    throw thrown;
  });
  const store = await storeOpening;
  const { first, manifest, manifestMs } = stages;
  const warnings = [...first.warnings];
  const refiner = await refinerOf(request, warnings, notify);
  const held = { request, refiner, warnings };
  const parts = await enginePartsOf(held, first);
  const opened: Opened = {
    ...held,
    ...parts,
    store,
    info: {
      ...modelInfo(manifest, parts.retrieval),
      learner: refiner?.backend ?? 'closed-form',
      storage: request.storage,
      segment: segmentOf(first.model, request.segment)?.name ?? null,
      warnings: warnings.map(toWireError),
      timings: { manifest: manifestMs, ...first.timings },
    },
    counted: new Map(),
    newestIds: new Set(),
    ahead: [],
    records: new Map(),
    visitor: await parts.engine.learn([], Date.now()),
    refinement: null,
    lastTimings: null,
    rankMs: null,
    retiredMs: 0,
    unreportedItemIds: [],
  };
  return { opened, stages };
}

/** While the model is on its way: neither waits for the other. */
async function openStore({ storage, databaseName }: OpenRequest): Promise<WorkerStore> {
  if (storage === 'memory') {
    const { MemoryStore } = await whenLoaded(import('../store/memoryStore.ts'));
    return new MemoryStore();
  }
  const store = new IndexedDbLog(connect(databaseName));
  // Opens the database. Whoever reads from it next hears of failures.
  store.countEvents().catch(() => undefined);
  return store;
}

/**
 * The same visitor, log and refiner on another model: what was learned is learned anew from the
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
    info: {
      ...state.info,
      ...modelInfo(manifest, parts.retrieval),
      segment: segmentOf(loaded.model, state.request.segment)?.name ?? null,
      timings,
    },
    visitor: await parts.engine.learn(state.records.values(), Date.now()),
    refinement: null,
  };
}

async function enginePartsOf(
  { request, refiner, warnings }: Pick<Opened, 'request' | 'refiner' | 'warnings'>,
  given: LoadedModel,
) {
  const { segment } = request;
  const model = segmentOf(given.model, segment)
    ? (await whenLoaded(import('../model/seldom.ts'))).inSegment(given.model, segment)
    : given.model;
  const retrieval = await chooseRetrieval({
    wanted: request.retrieval,
    given: given.retrieval,
    model,
    sharedDevice: refiner?.device ?? null,
    warn: (error) => void warnings.push(error),
  });
  const halfLifeDays = request.halfLifeDays ?? model.manifest.halfLifeDays;
  const engine = createEngine(model, {
    learner: createAlsLearner(),
    retrieval,
    ranker: createRanker(model),
    halfLifeDays,
    random: Math.random,
    clock: () => performance.now(),
    pause,
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

/** What was asked for beside the closed form; null, with a warning, where it cannot be had. */
async function refinerOf(
  { learner, tfjsUrl }: OpenRequest,
  warnings: SottoError[],
  notify: (notice: Notice) => void,
): Promise<VisitorRefiner | null> {
  if (learner === 'closed-form') return null;
  try {
    const { openRefiner } = await import('./refineVisitor.ts');
    return await openRefiner({ learner, tfjsUrl }, warnings, notify);
  } catch (cause) {
    warnings.push(
      new SottoError('learner-unavailable', `tfjs does not start: ${String(cause)}`, { cause }),
    );
    return null;
  }
}
