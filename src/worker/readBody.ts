/**
 * @module
 * A response's bytes straight into their place, and no more of them than were announced: a file
 * that never ends must not fill the memory.
 */

/**
 * @param bytes - how many there should be; reading stops at the first one past it.
 * @param place - of that length; else an array of its own.
 * @returns what there was; one byte more than `bytes`, of no meaning, when there was more.
 */
export async function readBody(
  response: Response,
  bytes: number,
  place = new Uint8Array(bytes),
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  let filled = 0;
  for (;;) {
    const next = await reader?.read();
    if (!next || next.done) return place.subarray(0, filled);
    if (filled + next.value.length > bytes) {
      await reader?.cancel();
      return new Uint8Array(bytes + 1);
    }
    place.set(next.value, filled);
    filled += next.value.length;
  }
}
