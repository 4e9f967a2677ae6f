/**
 * @module
 * A GPU device for ranking: the one that tfjs computes on, where it does, else one of our own.
 */
import { SottoError } from '../errors.ts';
import type { ShaderFeatures } from '../model/retrieval/webgpu/shaders.ts';

export interface OpenedGpu {
  device: GPUDevice;
  features: ShaderFeatures;
  /** Gives the device back, unless it is tfjs'. */
  close(): void;
}

/** Limits that large catalogues need as high as the adapter goes. */
const LIMITS = ['maxStorageBufferBindingSize', 'maxBufferSize'] as const;

/**
 * @param shared - tfjs' device, or null.
 * @param software - whether an adapter that computes on the CPU will do.
 * @throws {SottoError} `webgpu-unavailable`.
 */
export async function openGpu(shared: GPUDevice | null, software: boolean): Promise<OpenedGpu> {
  // Undefined where the browser has none, whatever its type says.
  const gpu = navigator.gpu as GPU | undefined;
  const adapter = (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  if (!gpu || !adapter) {
    throw new SottoError('webgpu-unavailable', 'navigator.gpu must be there, with an adapter');
  }
  if (!software && adapter.info.isFallbackAdapter) {
    throw new SottoError('webgpu-unavailable', 'the only adapter computes on the CPU');
  }
  const features: GPUFeatureName[] = adapter.features.has('subgroups') ? ['subgroups'] : [];
  try {
    const device =
      shared ??
      (await adapter.requestDevice({
        requiredFeatures: features,
        requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
      }));
    return {
      device,
      features: {
        packedDot: gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product'),
        subgroups: device.features.has('subgroups'),
      },
      close: () => {
        if (!shared) device.destroy();
      },
    };
  } catch (cause) {
    throw new SottoError('webgpu-unavailable', `the adapter gives no device: ${String(cause)}`, {
      cause,
    });
  }
}
