/**
 * @module
 * The two compute passes with their buffers: one query in, the k best candidates out.
 *
 * Runs may overlap. Everything written for one is written before it is submitted, and the queue
 * keeps their order; only the buffer that is read back belongs to one run alone.
 */
import { SottoError } from '../../../errors.ts';
import type { ItemFactors } from '../../model.ts';
import type { QuantisedQuery } from '../quantiseQuery.ts';
import type { RowMask } from '../types.ts';
import { FLAG_COSINE, FLAG_MASK, REQUEST_HEADER_WORDS, type ShaderFeatures } from './shaders.ts';
import { compilePasses, type Pipelines } from './compilePasses.ts';
import { splitDigits } from './splitDigits.ts';
import { FLOAT32_SLACK, groupNorms, tilesBytes, uploadTiles } from './uploadTiles.ts';

export interface PassesRequest {
  quantised: QuantisedQuery;
  /** In [1, rows]. */
  k: number;
  mask: RowMask | null;
  /** Not null: by sum × inverse norm, in single precision. The same array in every run. */
  inverses: Float64Array | null;
}

/** In any order. */
export interface Candidates {
  /** Unsigned, in the order of the scores. */
  keys: Uint32Array;
  rows: Uint32Array;
}

export interface Passes {
  /** Reads its request before it returns. @throws {SottoError} `webgpu-unavailable`. */
  run(request: PassesRequest): Promise<Candidates>;
  dispose(): void;
}

/** Bytes of a candidate: key and row. */
const CANDIDATE_BYTES = 8;

/** @throws {SottoError} `webgpu-unavailable` when a shader or a buffer is refused. */
export async function createPasses(
  device: GPUDevice,
  factors: ItemFactors,
  features: ShaderFeatures,
): Promise<Passes> {
  const { rows, stride } = factors;
  const norms = groupNorms(factors);
  const bytesOfCandidates = rows * CANDIDATE_BYTES;
  const limitBytes = Math.min(
    device.limits.maxStorageBufferBindingSize,
    device.limits.maxBufferSize,
  );
  const largestBytes = Math.max(tilesBytes(factors), bytesOfCandidates);
  if (largestBytes > limitBytes) {
    throw new SottoError(
      'webgpu-unavailable',
      `a buffer of the GPU must have at most ${limitBytes} bytes but needs ${largestBytes}`,
    );
  }
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const owned = new Set<GPUBuffer>();
  const make = (size: number, usage: number): GPUBuffer => {
    const buffer = device.createBuffer({ size, usage });
    owned.add(buffer);
    return buffer;
  };
  const drop = (buffer: GPUBuffer): void => {
    owned.delete(buffer);
    buffer.destroy();
  };

  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const tiles = make(tilesBytes(factors), STORAGE | COPY_DST);
  const groupNormsBuffer = make(norms.byteLength, STORAGE | COPY_DST);
  const requestWords = new Uint32Array(REQUEST_HEADER_WORDS + stride / 2);
  const request = make(requestWords.byteLength, STORAGE | COPY_DST);
  const maskBytes = new Uint8Array(Math.ceil(rows / 32) * 4);
  const mask = make(maskBytes.byteLength, STORAGE | COPY_DST);
  const state = make(8, STORAGE | COPY_DST);
  const candidates = make(bytesOfCandidates, STORAGE);
  let inverseNorms = make(4, STORAGE | COPY_DST);
  let haveInverseNorms = false;
  let results = make(CANDIDATE_BYTES, STORAGE | COPY_SRC);
  uploadTiles(device, tiles, factors);
  device.queue.writeBuffer(groupNormsBuffer, 0, norms);

  // Popped before anything is awaited: others use the device too, and their scopes are not ours.
  const refusals = Promise.all([device.popErrorScope(), device.popErrorScope()]);
  let pipelines: Pipelines;
  try {
    pipelines = await compilePasses(device, features);
    const refusal = (await refusals).find((error) => error !== null);
    if (refusal) throw new Error(refusal.message);
  } catch (cause) {
    dispose();
    throw unavailable(cause);
  }
  const { scan, select } = pipelines;

  const bind = (pipeline: GPUComputePipeline, buffers: readonly GPUBuffer[]): GPUBindGroup =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  let scanBindings = bindScan();
  let selectBindings = bindSelect();
  const idleStaging: GPUBuffer[] = [];

  function bindScan(): GPUBindGroup {
    return bind(scan, [request, tiles, groupNormsBuffer, inverseNorms, mask, state, candidates]);
  }

  function bindSelect(): GPUBindGroup {
    return bind(select, [request, state, candidates, results]);
  }

  function write({ quantised, k, mask: rowMask, inverses }: PassesRequest): void {
    if (inverses !== null && !haveInverseNorms) {
      drop(inverseNorms);
      inverseNorms = make(rows * 4, STORAGE | COPY_DST);
      device.queue.writeBuffer(inverseNorms, 0, Float32Array.from(inverses));
      haveInverseNorms = true;
      scanBindings = bindScan();
    }
    const resultsBytes = (k + 1) * CANDIDATE_BYTES;
    if (results.size < resultsBytes) {
      drop(results);
      for (const staging of idleStaging.splice(0)) drop(staging);
      results = make(resultsBytes, STORAGE | COPY_SRC);
      selectBindings = bindSelect();
    }
    const flags = (rowMask ? FLAG_MASK : 0) | (inverses ? FLAG_COSINE : 0);
    requestWords.set([rows, stride / 16, k, flags]);
    new Float32Array(requestWords.buffer)[4] = quantised.norm * FLOAT32_SLACK;
    const digitsAt = REQUEST_HEADER_WORDS * 4;
    splitDigits(
      quantised.values,
      new Int8Array(requestWords.buffer, digitsAt, stride),
      new Int8Array(requestWords.buffer, digitsAt + stride, stride),
    );
    device.queue.writeBuffer(request, 0, requestWords);
    if (rowMask !== null) {
      maskBytes.set(rowMask.subarray(0, Math.ceil(rows / 8)));
      device.queue.writeBuffer(mask, 0, maskBytes);
    }
  }

  function submit(k: number): GPUBuffer {
    const bytes = (k + 1) * CANDIDATE_BYTES;
    const staging = idleStaging.pop() ?? make(results.size, COPY_DST | MAP_READ);
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(state);
    const pass = encoder.beginComputePass();
    pass.setPipeline(scan);
    pass.setBindGroup(0, scanBindings);
    pass.dispatchWorkgroups(norms.length);
    pass.setPipeline(select);
    pass.setBindGroup(0, selectBindings);
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(results, 0, staging, 0, bytes);
    device.queue.submit([encoder.finish()]);
    return staging;
  }

  async function readBack(staging: GPUBuffer, k: number): Promise<Candidates> {
    try {
      await staging.mapAsync(GPUMapMode.READ, 0, (k + 1) * CANDIDATE_BYTES);
    } catch (cause) {
      throw unavailable(cause);
    }
    const words = new Uint32Array(staging.getMappedRange(0, (k + 1) * CANDIDATE_BYTES));
    const found = words[0];
    const keys = Uint32Array.from({ length: found }, (_, index) => words[2 * index + 2]);
    const foundRows = Uint32Array.from({ length: found }, (_, index) => words[2 * index + 3]);
    staging.unmap();
    if (staging.size === results.size) idleStaging.push(staging);
    else drop(staging);
    return { keys, rows: foundRows };
  }

  function dispose(): void {
    for (const buffer of owned) buffer.destroy();
    owned.clear();
  }

  return {
    run(asked) {
      write(asked);
      return readBack(submit(asked.k), asked.k);
    },
    dispose,
  };
}

function unavailable(cause: unknown): SottoError {
  return new SottoError('webgpu-unavailable', `the GPU cannot rank: ${String(cause)}`, { cause });
}
