/**
 * @module
 * Learning by gradient descent, on WebGPU where the browser has an adapter (a software one counts),
 * gives the lists that the closed form gives.
 */
import { expect, test, type Page } from 'playwright/test';
import { openFixture } from './fixture.ts';

const LOOKED = ['85048', '22086', '84879'];

function learned(page: Page): Promise<{ learner: string; codes: string[]; list: string[] }> {
  return page.evaluate(async (itemIds) => {
    for (const itemId of itemIds) window.sotto.track({ itemId, action: 'click' });
    await window.sotto.flush();
    const list = await window.sotto.recommend({ count: 10 });
    const { learner, warnings } = (await window.sotto.profile()).model;
    return {
      learner,
      codes: warnings.map((one) => one.code),
      list: list.map((one) => one.itemId),
    };
  }, LOOKED);
}

test('gradient descent runs on WebGPU and agrees with the closed form', async ({
  page,
  context,
}) => {
  const requests: string[] = [];
  context.on('request', (request) => requests.push(request.url()));
  /** What refines, and tfjs beneath it. */
  const ofGradients = () => requests.filter((url) => /\/(refineVisitor|dist)-/.test(url));
  await openFixture(page, { attributes: { 'data-name': 'closed' } });
  const closed = await learned(page);
  expect(closed.learner).toBe('closed-form');
  // tfjs is loaded only when it is asked for.
  expect(ofGradients()).toEqual([]);

  const other = await context.newPage();
  await openFixture(other, { attributes: { 'data-learner': 'gradient', 'data-name': 'gradient' } });
  const gradient = await learned(other);
  expect(ofGradients().length).toBeGreaterThan(1);
  expect(gradient.learner).toBe('webgpu');
  expect(gradient.codes).toEqual([]);
  expect(gradient.list).toEqual(closed.list);
});

test('the panel switches the learner and names where it ran', async ({ page }) => {
  await page.goto('./index.html');
  await page.getByRole('button', { name: /What this page knows/ }).click();
  await page.getByLabel('Learn by').selectOption('gradient');
  await expect(page.locator('#panel')).toContainText('Gradient descent on WebGPU');
});
