/**
 * @module
 * The pipelines of the two passes, compiled once a device: the next model finds them ready.
 */
import { SELECT_SHADER, scanShader, type ShaderFeatures } from './shaders.ts';

export interface Pipelines {
  scan: GPUComputePipeline;
  select: GPUComputePipeline;
}

const compiled = new WeakMap<GPUDevice, Map<string, Promise<GPUComputePipeline>>>();

/** Rejects when the device refuses a shader. */
export async function compilePasses(
  device: GPUDevice,
  features: ShaderFeatures,
): Promise<Pipelines> {
  const [scan, select] = await Promise.all([
    compileOnce(device, scanShader(features)),
    compileOnce(device, SELECT_SHADER),
  ]);
  return { scan, select };
}

function compileOnce(device: GPUDevice, code: string): Promise<GPUComputePipeline> {
  const ofDevice = compiled.get(device) ?? new Map<string, Promise<GPUComputePipeline>>();
  compiled.set(device, ofDevice);
  const pipeline =
    ofDevice.get(code) ??
    device.createComputePipelineAsync({
      layout: 'auto',
      compute: { module: device.createShaderModule({ code }), entryPoint: 'main' },
    });
  ofDevice.set(code, pipeline);
  return pipeline;
}
