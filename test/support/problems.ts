import { CartError, type CartProblem } from '../../src/cart/cart-error.ts';

/** The problems for which a rule refuses; fails when it does not refuse. */
export function problemsOf(rule: () => unknown): readonly CartProblem[] {
  try {
    rule();
  } catch (error) {
    if (error instanceof CartError) return error.problems;
    throw error;
  }
  throw new Error('The rule did not refuse.');
}
