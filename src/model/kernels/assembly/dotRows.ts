/**
 * @module
 * Inner products of four int8 rows with an int16 query, one in each lane of an i32x4.
 *
 * Values are widened as they are loaded (`i16x8.load8x8_s`), which x86 does in the load itself.
 */

// @ts-ignore: decorator
@inline
function addEight(sum: v128, values: v128, query: v128): v128 {
  return i32x4.add(sum, i32x4.dot_i16x8_s(values, query));
}

/** Sums in two lanes a row: row 0's, row 1's, and again. */
// @ts-ignore: decorator
@inline
export function addRows(sum0: v128, sum1: v128): v128 {
  return i32x4.add(
    v128.shuffle<i32>(sum0, sum1, 0, 4, 1, 5),
    v128.shuffle<i32>(sum0, sum1, 2, 6, 3, 7),
  );
}

/** Sums of four rows from two results of `addRows`. */
// @ts-ignore: decorator
@inline
export function addPairs(rows01: v128, rows23: v128): v128 {
  return i32x4.add(
    v128.shuffle<i64>(rows01, rows23, 0, 2),
    v128.shuffle<i64>(rows01, rows23, 1, 3),
  );
}

/** Transposes and adds: lane r of the result is the sum of the four lanes of row r's. */
// @ts-ignore: decorator
@inline
export function addLanes(sum0: v128, sum1: v128, sum2: v128, sum3: v128): v128 {
  return addPairs(addRows(sum0, sum1), addRows(sum2, sum3));
}

/** @param stride - bytes a row; a multiple of 16. @param query - int16, `stride` values. */
export function dotFour(row0: usize, stride: usize, query: usize): v128 {
  const row1 = row0 + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  let sum0 = i32x4.splat(0);
  let sum1 = i32x4.splat(0);
  let sum2 = i32x4.splat(0);
  let sum3 = i32x4.splat(0);
  for (let f: usize = 0; f < stride; f += 16) {
    const low = v128.load(query + (f << 1));
    const high = v128.load(query + (f << 1), 16);
    sum0 = addEight(sum0, v128.load_ext<i8>(row0 + f), low);
    sum1 = addEight(sum1, v128.load_ext<i8>(row1 + f), low);
    sum2 = addEight(sum2, v128.load_ext<i8>(row2 + f), low);
    sum3 = addEight(sum3, v128.load_ext<i8>(row3 + f), low);
    sum0 = addEight(sum0, v128.load_ext<i8>(row0 + f, 8), high);
    sum1 = addEight(sum1, v128.load_ext<i8>(row1 + f, 8), high);
    sum2 = addEight(sum2, v128.load_ext<i8>(row2 + f, 8), high);
    sum3 = addEight(sum3, v128.load_ext<i8>(row3 + f, 8), high);
  }
  return addLanes(sum0, sum1, sum2, sum3);
}

/** One row of 64 bytes, its lanes not yet added; the query is in registers. */
// @ts-ignore: decorator
@inline
export function dot64(
  row: usize,
  query0: v128,
  query1: v128,
  query2: v128,
  query3: v128,
  query4: v128,
  query5: v128,
  query6: v128,
  query7: v128,
): v128 {
  let sum = i32x4.dot_i16x8_s(v128.load_ext<i8>(row), query0);
  sum = addEight(sum, v128.load_ext<i8>(row, 8), query1);
  sum = addEight(sum, v128.load_ext<i8>(row, 16), query2);
  sum = addEight(sum, v128.load_ext<i8>(row, 24), query3);
  sum = addEight(sum, v128.load_ext<i8>(row, 32), query4);
  sum = addEight(sum, v128.load_ext<i8>(row, 40), query5);
  sum = addEight(sum, v128.load_ext<i8>(row, 48), query6);
  return addEight(sum, v128.load_ext<i8>(row, 56), query7);
}

/** One row's inner product with the query, exactly. */
export function dotRow(row: usize, query: usize, stride: usize): i32 {
  let sum = i32x4.splat(0);
  for (let f: usize = 0; f < stride; f += 16) {
    const values = v128.load(row + f);
    sum = i32x4.add(
      sum,
      i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(values), v128.load(query + (f << 1))),
    );
    sum = i32x4.add(
      sum,
      i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(values), v128.load(query + (f << 1), 16)),
    );
  }
  return (
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    i32x4.extract_lane(sum, 2) +
    i32x4.extract_lane(sum, 3)
  );
}
