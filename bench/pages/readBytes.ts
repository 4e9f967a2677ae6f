/**
 * @module
 * Bytes in a memory of their own, and a kernel that only reads them: what memory alone costs whoever
 * scans as many.
 */
const PAGE_BYTES = 65_536;

/** @param bytes - copied. @returns reads all of them, once a call. */
export async function createReading(bytes: Int8Array): Promise<() => void> {
  const start = PAGE_BYTES;
  const whole = Math.floor(bytes.length / 64) * 64;
  const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil(bytes.length / PAGE_BYTES) });
  new Int8Array(memory.buffer, start, bytes.length).set(bytes);
  const { instance } = await WebAssembly.instantiateStreaming(fetch('/pages/readBytes.wasm'), {
    env: { memory },
  });
  const { readBytes } = instance.exports as { readBytes: (at: number, bytes: number) => number };
  return () => void readBytes(start, whole);
}
