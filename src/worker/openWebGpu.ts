/**
 * @module
 * The WebGPU engine on a device of its own or tfjs'. Loaded on demand, with all that it needs in
 * one file.
 */
import type { Model } from '../model/model.ts';
import { isFaster } from '../model/retrieval/isFaster.ts';
import type { ImmediateRetrievalEngine, RetrievalEngine } from '../model/retrieval/types.ts';
import { createWebGpuRetrieval } from '../model/retrieval/webgpu.ts';
import { openGpu } from './openGpu.ts';

/** A GPU must halve the time, or it is not worth the memory and the battery. */
const WORTHWHILE_SHARE = 0.5;

/**
 * @param shared - tfjs' device, where it computes on WebGPU.
 * @param software - whether an adapter that computes on the CPU will do.
 * @throws {SottoError} `webgpu-unavailable`.
 */
export async function openWebGpu(
  shared: GPUDevice | null,
  { factors }: Model,
  software: boolean,
): Promise<RetrievalEngine> {
  const gpu = await openGpu(shared, software);
  try {
    const engine = await createWebGpuRetrieval(gpu.device, factors, gpu.features);
    return {
      ...engine,
      dispose() {
        engine.dispose();
        gpu.close();
      },
    };
  } catch (thrown) {
    gpu.close();
    throw thrown;
  }
}

/**
 * @param given - what it must beat, measured here and now.
 * @returns null when it does not. @throws {SottoError} `webgpu-unavailable`.
 */
export async function openIfWorthwhile(
  shared: GPUDevice | null,
  model: Model,
  given: ImmediateRetrievalEngine,
): Promise<RetrievalEngine | null> {
  const candidate = await openWebGpu(shared, model, false);
  const now = (): number => performance.now();
  const isWorthwhile = await isFaster(candidate, given, model, WORTHWHILE_SHARE, now).catch(
    () => false,
  );
  if (isWorthwhile) return candidate;
  candidate.dispose();
  return null;
}
