/**
 * @module
 * The connection `consentMode`: consent as the site says it to Google's tags.
 */
import type { Connection } from './types.ts';
import { layerName } from './layerName.ts';
import { watchConsentMode } from './watchConsentMode.ts';

export const connectConsentMode: Connection<true | string> = (host, setting) => {
  const name = layerName('connect.consentMode', setting);
  host.signal.addEventListener(
    'abort',
    watchConsentMode(window, name, host, host.warn, host.onPage),
  );
};
