/**
 * @module
 * The connection `dataLayer`: GA4 e-commerce events, unless the page's attributes say the same.
 */
import type { Connection } from './types.ts';
import { layerName } from './layerName.ts';
import { saidByMarkup } from './saidByMarkup.ts';
import { watchDataLayer } from './watchDataLayer.ts';

export const connectDataLayer: Connection<true | string> = (host, setting) => {
  const name = layerName('connect.dataLayer', setting);
  const stop = watchDataLayer(
    window,
    name,
    (event) => {
      if (!saidByMarkup(event, host.watched)) host.track(event);
    },
    host.warn,
    host.onPage,
  );
  host.signal.addEventListener('abort', stop);
};
