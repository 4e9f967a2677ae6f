/**
 * @module
 * Typed arrays that grow: columns of rows whose number is not known before the end.
 */

type Numbers = Int32Array | Float32Array | Float64Array;

export class Growable<T extends Numbers> {
  #values: T;
  length = 0;

  constructor(private readonly create: (length: number) => T) {
    this.#values = create(1024);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = this.create(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length++] = value;
  }

  /** What has been pushed; valid until the next push. */
  get values(): T {
    return this.#values.subarray(0, this.length) as T;
  }
}

export const growableInt32 = (): Growable<Int32Array> => new Growable((n) => new Int32Array(n));
export const growableFloat32 = (): Growable<Float32Array> =>
  new Growable((n) => new Float32Array(n));
export const growableFloat64 = (): Growable<Float64Array> =>
  new Growable((n) => new Float64Array(n));

/** Texts by number, in the order they were first seen. */
export class Interner {
  readonly texts: string[] = [];
  readonly #indexOf = new Map<string, number>();

  index(text: string): number {
    let index = this.#indexOf.get(text);
    if (index === undefined) {
      index = this.texts.length;
      this.texts.push(text);
      this.#indexOf.set(text, index);
    }
    return index;
  }
}
