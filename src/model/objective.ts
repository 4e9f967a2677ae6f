/**
 * @module
 * The one equation behind every training convention, and its constants:
 *
 *   (α₀·YᵀY + Λ + Σᵢ gᵢ·aᵢ·yᵢyᵢᵀ) x = Σᵢ gᵢ·bᵢ·yᵢ + Λm
 *
 * | convention | from a weight r                            | Λ                              |
 * |------------|--------------------------------------------|--------------------------------|
 * | ials       | a = |r|, b = max(r, 0)                     | λ·(n + α₀·N)^ν·I               |
 * | implicit   | c = α·r; a = |c| − 1, b = max(c, 0)        | λI                             |
 * | spark      | a = α|r|, b = 1 + α|r| if r > 0, else 0    | λ·(number of positives)·I      |
 *
 * n = Σ gᵢ over the visitor's positive preferences: at g = 1 the library's count, at g → 0 an item
 * leaves Λ as it leaves the sums.
 *
 * Papers: Hu, Koren & Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22; Rendle et al.,
 * Revisiting the Performance of iALS, 2021, https://arxiv.org/abs/2110.14037, eq. 4 and 7.
 */

export type Objective =
  | { convention: 'ials'; alpha0: number; lambda: number; nu: number }
  | { convention: 'implicit'; alpha: number; lambda: number }
  | { convention: 'spark'; alpha: number; lambda: number };

/** One item's part in the equation, before decay. */
export interface Coefficients {
  /** Weight of yᵢyᵢᵀ. */
  a: number;
  /** Weight of yᵢ on the right-hand side. */
  b: number;
}

/** The weight of YᵀY. */
export function gramWeight(objective: Objective): number {
  return objective.convention === 'ials' ? objective.alpha0 : 1;
}

/** @param weight - r: positive for, negative against. */
export function coefficients(objective: Objective, weight: number): Coefficients {
  switch (objective.convention) {
    case 'ials':
      return { a: Math.abs(weight), b: Math.max(weight, 0) };
    case 'implicit': {
      const confidence = objective.alpha * weight;
      return { a: Math.abs(confidence) - 1, b: Math.max(confidence, 0) };
    }
    case 'spark': {
      const confidence = objective.alpha * Math.abs(weight);
      return { a: confidence, b: weight > 0 ? 1 + confidence : 0 };
    }
  }
}

/**
 * The diagonal of Λ.
 * @param positives - n: decayed number of positive preferences.
 * @param opposite - N: number of rows on the frozen side (items, when a user is solved for).
 */
export function ridge(objective: Objective, positives: number, opposite: number): number {
  switch (objective.convention) {
    case 'ials':
      return objective.lambda * (positives + objective.alpha0 * opposite) ** objective.nu;
    case 'implicit':
      return objective.lambda;
    case 'spark':
      return objective.lambda * positives;
  }
}
