import { describe, expect, it } from 'vitest';
import { SottoError, loaded } from './errors.ts';

describe('a part that is loaded when it is needed', () => {
  it('is what was loaded', async () => {
    expect(await loaded(Promise.resolve(7))).toBe(7);
  });

  it('that cannot be had is a typed error, with its cause', async () => {
    const name = `./no-such-part-${7}.ts`;
    const error: unknown = await loaded(import(/* @vite-ignore */ name)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SottoError);
    expect(error).toMatchObject({ code: 'worker-unavailable' });
    expect((error as SottoError).message).toContain('no-such-part');
    expect((error as SottoError).cause).toBeInstanceOf(Error);
  });
});
