import { expect, test } from 'vitest';

test('importing the package where there is no window is harmless', async () => {
  const { createRecommender, SottoError } = await import('./index.ts');
  const refused = createRecommender({ model: '/manifest.json' });
  await expect(refused).rejects.toBeInstanceOf(SottoError);
  await expect(refused).rejects.toMatchObject({ code: 'internal' });
});

test('the script is harmless there too', async () => {
  await import('./script.ts');
});
