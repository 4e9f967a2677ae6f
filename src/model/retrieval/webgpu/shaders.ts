/**
 * @module
 * The two compute passes of the WebGPU engine, in WGSL.
 *
 * **scan**: a workgroup takes 2,048 rows, eight a thread, sums their products with the query and
 * hands on those that can still be among the k best. Nothing of the other rows leaves the group.
 * The k-th best of any group is a lower bound for the k-th best of all, so groups raise one agreed
 * threshold, and a group whose largest norm cannot reach it returns without reading its rows.
 *
 * **select**: one workgroup finds the k best of what was handed on, by radix: a histogram of one
 * byte at a time, best byte first, until the bytes seen so far separate k from the rest.
 *
 * Scores are compared as `key`, an unsigned number in the order of the score; 0 is no score at all.
 * Equal keys are in order of row. Which rows are handed on depends on the order in which groups
 * happen to run; which k are selected does not.
 */

/** Threads of a workgroup, and rows of a tile. */
export const GROUP_THREADS = 256;
const TILES_PER_GROUP = 8;
export const GROUP_ROWS = GROUP_THREADS * TILES_PER_GROUP;

/** Words in front of the query's digits in `Request`. */
export const REQUEST_HEADER_WORDS = 8;
export const FLAG_MASK = 1;
export const FLAG_COSINE = 2;

export interface ShaderFeatures {
  /** WGSL has `dot4I8Packed`. */
  packedDot: boolean;
  /** The device was opened with `subgroups`. */
  subgroups: boolean;
}

const REQUEST = /* wgsl */ `
struct Request {
  rows: u32,
  /** 16-byte parts of a row. */
  quads: u32,
  k: u32,
  flags: u32,
  /** Length of the query, in units of score a unit of norm. */
  reach: f32,
  /** From a multiple of 16 bytes on. By part: the upper digits of the query's values, then the lower. */
  query: array<vec4u>,
}
@group(0) @binding(0) var<storage, read> request: Request;
`;

const PACKED_DOT = /* wgsl */ `
fn dot4(left: u32, right: u32) -> i32 { return dot4I8Packed(left, right); }
`;

const UNPACKED_DOT = /* wgsl */ `
fn dot4(left: u32, right: u32) -> i32 {
  let a = bitcast<i32>(left);
  let b = bitcast<i32>(right);
  return extractBits(a, 0u, 8u) * extractBits(b, 0u, 8u)
    + extractBits(a, 8u, 8u) * extractBits(b, 8u, 8u)
    + extractBits(a, 16u, 8u) * extractBits(b, 16u, 8u)
    + extractBits(a, 24u, 8u) * extractBits(b, 24u, 8u);
}
`;

const ADD_BY_SUBGROUP = /* wgsl */ `
  let sum = subgroupAdd(value);
  if (subgroupElect()) { atomicAdd(&counter, sum); }
`;

const ADD_BY_THREAD = /* wgsl */ `
  if (value > 0u) { atomicAdd(&counter, value); }
`;

export function scanShader({ packedDot, subgroups }: ShaderFeatures): string {
  return /* wgsl */ `
${subgroups ? 'enable subgroups;' : ''}
${packedDot ? 'requires packed_4x8_integer_dot_product;' : ''}
${REQUEST}
struct State { threshold: atomic<u32>, count: atomic<u32> }
/** 256 rows a tile, part by part: neighbouring threads read neighbouring memory. */
@group(0) @binding(1) var<storage, read> tiles: array<vec4u>;
@group(0) @binding(2) var<storage, read> groupNorms: array<f32>;
@group(0) @binding(3) var<storage, read> inverseNorms: array<f32>;
@group(0) @binding(4) var<storage, read> mask: array<u32>;
@group(0) @binding(5) var<storage, read_write> state: State;
/** Key and row. */
@group(0) @binding(6) var<storage, read_write> candidates: array<vec2u>;

var<workgroup> agreed: u32;
var<workgroup> counter: atomic<u32>;

${packedDot ? PACKED_DOT : UNPACKED_DOT}
fn dot16(left: vec4u, right: vec4u) -> i32 {
  return dot4(left.x, right.x) + dot4(left.y, right.y)
    + dot4(left.z, right.z) + dot4(left.w, right.w);
}

fn keyOfInteger(value: i32) -> u32 { return bitcast<u32>(value) ^ 0x80000000u; }

fn keyOfFloat(value: f32) -> u32 {
  let bits = bitcast<u32>(value);
  return select(bits ^ 0x80000000u, ~bits, bits >= 0x80000000u);
}

/** The sum over all threads, known to each. */
fn addUp(value: u32, thread: u32) -> u32 {
  if (thread == 0u) { atomicStore(&counter, 0u); }
  workgroupBarrier();
  ${subgroups ? ADD_BY_SUBGROUP : ADD_BY_THREAD}
  workgroupBarrier();
  if (thread == 0u) { agreed = atomicLoad(&counter); }
  return workgroupUniformLoad(&agreed);
}

fn countFrom(keys: ptr<function, array<u32, ${TILES_PER_GROUP}>>, least: u32) -> u32 {
  var count = 0u;
  for (var tile = 0u; tile < ${TILES_PER_GROUP}u; tile++) {
    count += select(0u, 1u, (*keys)[tile] >= least);
  }
  return count;
}

@compute @workgroup_size(${GROUP_THREADS})
fn main(@builtin(workgroup_id) groupId: vec3u, @builtin(local_invocation_index) thread: u32) {
  let group = groupId.x;
  let cosine = (request.flags & ${FLAG_COSINE}u) != 0u;
  if (thread == 0u) { agreed = max(atomicLoad(&state.threshold), 1u); }
  var least = workgroupUniformLoad(&agreed);
  if (!cosine && keyOfInteger(i32(request.reach * groupNorms[group])) < least) { return; }

  var sums: array<i32, ${TILES_PER_GROUP}>;
  let start = group * ${TILES_PER_GROUP}u * request.quads * ${GROUP_THREADS}u + thread;
  for (var quad = 0u; quad < request.quads; quad++) {
    let upper = request.query[quad];
    let lower = request.query[request.quads + quad];
    for (var tile = 0u; tile < ${TILES_PER_GROUP}u; tile++) {
      let values = tiles[start + (tile * request.quads + quad) * ${GROUP_THREADS}u];
      sums[tile] += (dot16(values, upper) << 8u) + dot16(values, lower);
    }
  }

  var keys: array<u32, ${TILES_PER_GROUP}>;
  let firstRow = group * ${GROUP_ROWS}u + thread;
  for (var tile = 0u; tile < ${TILES_PER_GROUP}u; tile++) {
    let row = firstRow + tile * ${GROUP_THREADS}u;
    var counts = row < request.rows;
    if (counts && (request.flags & ${FLAG_MASK}u) != 0u) {
      counts = ((mask[row >> 5u] >> (row & 31u)) & 1u) == 0u;
    }
    if (counts) {
      if (cosine) {
        keys[tile] = keyOfFloat(f32(sums[tile]) * inverseNorms[row]);
      } else {
        keys[tile] = keyOfInteger(sums[tile]);
      }
    }
  }

  if (addUp(countFrom(&keys, least), thread) > request.k) {
    // Bit by bit, the largest key that k or more reach: the group's own k-th best.
    var found = 0u;
    for (var bit = 32u; bit > 0u; bit--) {
      let tried = found | (1u << (bit - 1u));
      if (addUp(countFrom(&keys, tried), thread) >= request.k) { found = tried; }
    }
    least = found;
    if (thread == 0u) { atomicMax(&state.threshold, found); }
  }

  let handedOn = countFrom(&keys, least);
  if (thread == 0u) { atomicStore(&counter, 0u); }
  workgroupBarrier();
  var place = atomicAdd(&counter, handedOn);
  workgroupBarrier();
  if (thread == 0u) { agreed = atomicAdd(&state.count, atomicLoad(&counter)); }
  place += workgroupUniformLoad(&agreed);
  for (var tile = 0u; tile < ${TILES_PER_GROUP}u; tile++) {
    if (keys[tile] >= least) {
      candidates[place] = vec2u(keys[tile], firstRow + tile * ${GROUP_THREADS}u);
      place++;
    }
  }
}
`;
}

export const SELECT_SHADER = /* wgsl */ `
${REQUEST}
struct State { threshold: u32, count: u32 }
@group(0) @binding(1) var<storage, read> state: State;
@group(0) @binding(2) var<storage, read> candidates: array<vec2u>;
/** First how many there are, then key and row of each, in any order. */
@group(0) @binding(3) var<storage, read_write> results: array<vec2u>;

var<workgroup> histogram: array<atomic<u32>, ${GROUP_THREADS}>;
var<workgroup> counter: atomic<u32>;
/** The byte at which the k-th falls; how many are needed of those with it; how many have it. */
var<workgroup> picked: vec3u;

/** Larger is better, the earlier row among equal keys. */
fn orderOf(candidate: vec2u) -> vec2u { return vec2u(candidate.x, ~candidate.y); }

@compute @workgroup_size(${GROUP_THREADS})
fn main(@builtin(local_invocation_index) thread: u32) {
  let count = state.count;
  var seen = vec2u();
  var least = vec2u();
  if (count > request.k) {
    var needed = request.k;
    for (var byte = 0u; byte < 8u; byte++) {
      let word = byte >> 2u;
      let shift = 24u - 8u * (byte & 3u);
      atomicStore(&histogram[thread], 0u);
      workgroupBarrier();
      for (var index = thread; index < count; index += ${GROUP_THREADS}u) {
        let order = orderOf(candidates[index]);
        if (all((order & seen) == least)) {
          atomicAdd(&histogram[(order[word] >> shift) & 255u], 1u);
        }
      }
      workgroupBarrier();
      var above = 0u;
      for (var other = thread + 1u; other < ${GROUP_THREADS}u; other++) {
        above += atomicLoad(&histogram[other]);
      }
      let here = atomicLoad(&histogram[thread]);
      if (above < needed && above + here >= needed) {
        picked = vec3u(thread, needed - above, here);
      }
      let choice = workgroupUniformLoad(&picked);
      seen[word] |= 255u << shift;
      least[word] |= choice.x << shift;
      needed = choice.y;
      if (needed == choice.z) { break; }
    }
  }
  for (var index = thread; index < count; index += ${GROUP_THREADS}u) {
    let order = orderOf(candidates[index]) & seen;
    if (order.x > least.x || (order.x == least.x && order.y >= least.y)) {
      results[1u + atomicAdd(&counter, 1u)] = candidates[index];
    }
  }
  if (thread == 0u) { results[0] = vec2u(min(count, request.k), 0u); }
}
`;
