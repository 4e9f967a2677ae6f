/**
 * @module
 * Whole numbers in as few bytes as they take: seven bits a byte, lowest first, the top bit set where
 * more follow (LEB128, https://en.wikipedia.org/wiki/LEB128).
 */

/** Of a number below 2³²; longer ones are not written by anybody. */
const MAX_VARINT_BYTES = 5;

export function writeVarint(value: number, into: number[]): void {
  let left = value >>> 0;
  while (left > 127) {
    into.push((left & 127) | 128);
    left >>>= 7;
  }
  into.push(left);
}

/** Reads one after another; `next` gives −1 for a number that is cut off or too long. */
export function createVarintReader(bytes: Uint8Array) {
  let at = 0;
  return {
    next(): number {
      let value = 0;
      for (let length = 0; length < MAX_VARINT_BYTES; length++) {
        if (at >= bytes.length) return -1;
        const byte = bytes[at++];
        // Not a shift: the fifth byte would reach the sign.
        value += (byte & 127) * 2 ** (7 * length);
        if (byte < 128) return value;
      }
      return -1;
    },
    /** Bytes that have been read. */
    position: (): number => at,
  };
}
