/**
 * @module
 * How the shop writes prices, times and sizes.
 */

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });
const whole = new Intl.NumberFormat('en-GB');
const percent = new Intl.NumberFormat('en-GB', { style: 'percent', maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export const formatPounds = (amount: number | null): string =>
  amount === null ? 'Price on asking' : pounds.format(amount);

export const formatCount = (count: number): string => whole.format(count);

export const formatShare = (share: number): string => percent.format(share);

export const formatClock = (timestampMs: number): string => clock.format(timestampMs);

/** Short times keep a decimal: 0.4 ms and 4 ms differ. */
export const formatMs = (ms: number): string =>
  // The browser's clock is coarse: it cannot tell less from nothing.
  ms < 0.1 ? 'under 0.1 ms' : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

export const formatBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
