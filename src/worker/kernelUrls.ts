/**
 * @module
 * Which build of the kernels this browser runs: the one with relaxed SIMD where it is understood,
 * else the plain one. Both give the same lists.
 */
import type { KernelAddresses } from './api.ts';

/**
 * The smallest module with an instruction of the proposal: one function of one
 * `i8x16.relaxed_swizzle`. https://github.com/WebAssembly/relaxed-simd
 */
const RELAXED_SIMD = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00], // one type: () -> ()
  ...[0x03, 0x02, 0x01, 0x00], // one function of that type
  ...[0x0a, 0x10, 0x01, 0x0e, 0x00],
  ...[0x41, 0x00, 0xfd, 0x0f, 0x41, 0x00, 0xfd, 0x0f], // two registers of zeros
  ...[0xfd, 0x80, 0x02, 0x1a, 0x0b],
);

/**
 * @param part - what follows in the file's name: '' for the exact kernel, `-compact`.
 * @returns addresses to try, best first. Of a `kernelUrl` without a name to go by, itself.
 */
export function kernelUrls(
  { kernelUrl, otherKernels }: KernelAddresses,
  part: '' | '-compact',
): string[] {
  const urlOf = (rest: string): string =>
    otherKernels?.[rest] ?? kernelUrl.replace(/\.wasm(?=$|\?)/, `${rest}.wasm`);
  const relaxed = hasRelaxedSimd() ? [urlOf(`${part}-relaxed`)] : [];
  return [...new Set([...relaxed, urlOf(part)])];
}

function hasRelaxedSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(RELAXED_SIMD);
}
