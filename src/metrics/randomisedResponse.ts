/**
 * @module
 * k-ary randomised response: a number in [0, k) is told as it is with probability p, else as one of
 * the other k − 1, each equally likely. The true one is not among those, so that
 *
 *   p = e^ε / (e^ε + k − 1),   q = (1 − p) / (k − 1) = 1 / (e^ε + k − 1),   p / q = e^ε
 *
 * exactly: whatever is told, no true number makes it more than e^ε times as likely as any other.
 * Of all mechanisms with that property this one keeps most of the distribution for small k.
 *
 * Paper: Kairouz, Bonawitz & Ramage, ICML 2016, section 3.1. https://arxiv.org/abs/1602.07387
 */

export interface ResponseProbabilities {
  /** Of the true number. */
  kept: number;
  /** Of each of the others. */
  other: number;
}

/**
 * @param choices - k, at least 2.
 * @param epsilon - ε, above 0.
 */
export function responseProbabilities(choices: number, epsilon: number): ResponseProbabilities {
  const other = 1 / (Math.exp(epsilon) + choices - 1);
  return { kept: Math.exp(epsilon) * other, other };
}

/**
 * @param truth - a whole number in [0, choices).
 * @param random - uniform in [0, 1). On a device it must come from a cryptographic source: whoever
 * can foresee it reads the truth.
 */
export function respond(
  truth: number,
  choices: number,
  epsilon: number,
  random: () => number,
): number {
  if (random() < responseProbabilities(choices, epsilon).kept) return truth;
  const other = Math.floor(random() * (choices - 1));
  return other < truth ? other : other + 1;
}
