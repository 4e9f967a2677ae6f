/**
 * @module
 * For tests: consent strings, as the IAB's own library writes them.
 */
import { GVL, TCModel, TCString } from '@iabtechlabtcf/core';

/** A consent string that allows these purposes. */
export function stringFor(purposes: readonly number[]): string {
  const model = new TCModel(
    new GVL({
      gvlSpecificationVersion: 3,
      vendorListVersion: 1,
      tcfPolicyVersion: 5,
      lastUpdated: '2026-01-01T00:00:00Z',
      vendors: {},
      purposes: {},
      specialPurposes: {},
      features: {},
      specialFeatures: {},
      stacks: {},
    }),
  );
  model.cmpId = 42;
  model.cmpVersion = 1;
  model.purposeConsents.set([...purposes]);
  return TCString.encode(model);
}
