/**
 * @module
 * What the 4-bit codes of a run of rows sum to, by table look-up in registers.
 */
export const GROUP_ROWS: i32 = 32;
/** Groups that share one threshold. */
export const RUN_GROUPS: i32 = 8;
export const RUN_ROWS: i32 = RUN_GROUPS * GROUP_ROWS;

// Indexes are below 16, where both instructions say the same; the relaxed one saves x86 a step.
// @ts-ignore: decorator
@inline
function lookUp(table: v128, indexes: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD
    ? i8x16.relaxed_swizzle(table, indexes)
    : i8x16.swizzle(table, indexes);
}

// @ts-ignore: decorator
@inline
function lookUpLow(table: v128, codes: v128): v128 {
  return lookUp(table, v128.and(codes, i8x16.splat(0x0f)));
}

// @ts-ignore: decorator
@inline
function lookUpHigh(table: v128, codes: v128): v128 {
  return lookUp(table, v128.and(i16x8.shr_u(codes, 4), i8x16.splat(0x0f)));
}

/**
 * The sums of a group's 32 rows, int8, to `sums`.
 * @returns a bit for each row whose sum is at least `least`.
 */
// @ts-ignore: decorator
@inline
function sumGroup(codes: usize, tables: usize, end: usize, least: v128, sums: usize): u32 {
  let low = i8x16.splat(0);
  let high = i8x16.splat(0);
  for (; tables < end; codes += 16, tables += 16) {
    const both = v128.load(codes);
    const table = v128.load(tables);
    low = i8x16.add_sat_s(low, lookUpLow(table, both));
    high = i8x16.add_sat_s(high, lookUpHigh(table, both));
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
  return (
    <u32>i8x16.bitmask(i8x16.ge_s(low, least)) | (<u32>i8x16.bitmask(i8x16.ge_s(high, least)) << 16)
  );
}

/**
 * The sums of a run's first `groups` groups, int8, to `sums`, and after 256 of them, for each
 * group, a bit for each of its rows whose sum is at least `least`.
 */
export function sumRun(
  codes: usize,
  bytes: usize,
  tables: usize,
  groups: usize,
  least: i32,
  sums: usize,
): void {
  const leasts = i8x16.splat(<i8>least);
  for (let group: usize = 0; group < groups; group++, codes += bytes) {
    const rowsFrom = sumGroup(codes, tables, tables + bytes, leasts, sums + (group << 5));
    store<u32>(sums + (group << 2), rowsFrom, RUN_ROWS);
  }
}
