/**
 * @module
 * Which build of the kernels this browser runs: the one with relaxed SIMD where it is understood,
 * else the plain one. Both give the same lists.
 */

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
 * @param kernelUrl - of the plain build; the other lies beside it, `-relaxed` in its name.
 * @returns addresses to try, best first.
 */
export function kernelUrls(kernelUrl: string): string[] {
  const relaxed = kernelUrl.replace(/\.wasm(?=$|\?)/, '-relaxed.wasm');
  if (relaxed === kernelUrl || !hasRelaxedSimd()) return [kernelUrl];
  return [relaxed, kernelUrl];
}

function hasRelaxedSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(RELAXED_SIMD);
}
