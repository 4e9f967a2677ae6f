/**
 * @module
 * A browser without WebGPU: gradient descent runs on WASM, with a warning that says why.
 */
import { expect, test } from 'playwright/test';
import { openFixture } from './fixture.ts';

test('without an adapter gradient descent falls back to WASM and warns', async ({ page }) => {
  await openFixture(page, { attributes: { 'data-learner': 'gradient' } });
  const found = await page.evaluate(async () => {
    const adapter = await (navigator.gpu as GPU | undefined)?.requestAdapter();
    window.sotto.track({ itemId: '85048', action: 'click' });
    await window.sotto.flush();
    const list = await window.sotto.recommend({ count: 10 });
    const { learner, warnings } = (await window.sotto.profile()).model;
    return {
      adapter: Boolean(adapter),
      learner,
      codes: warnings.map((one) => one.code),
      sources: list.map((one) => one.source),
    };
  });
  expect(found.adapter).toBe(false);
  expect(found.learner).toBe('wasm');
  expect(found.codes).toContain('webgpu-unavailable');
  expect(found.sources).toContain('personal');
});
