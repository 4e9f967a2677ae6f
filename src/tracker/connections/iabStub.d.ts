/** The IAB's stub comes without types: it puts `__tcfapi` on the window. */
declare module '@iabtechlabtcf/stub' {
  export default function putStub(): void;
}
