/** Changes of the cart: shown at once, sent one after the other, and what became of each. */
import type { CartState, Prediction } from './cart-state.ts';
import type { MergeStrategy } from './generated/operations.ts';
import type { KeptCart } from './kept.ts';
import type { Opening } from './opening.ts';
import { timer, type Settings } from './options.ts';
import { predictNothing } from './predictions.ts';
import type { Change, Outcome } from './results.ts';
import { createSending, type Base, type Intention, type Request } from './sending.ts';
import type { TypedDocument } from './typed-document.ts';
import type { Cart, ChangeResult } from './types.ts';

export type Changes = ReturnType<typeof createChanges>;

export function createChanges(settings: Settings, state: CartState, kept: KeptCart, opening: Opening) {
  const send = createSending(settings, state, kept, opening);
  const inOrder = createQueue();

  /** Shows what is expected, and in the end the answer in its place. */
  function showing<Result>(
    predict: Prediction,
    run: () => Promise<Outcome>,
    toResult: (outcome: Outcome) => Result,
    begin?: Cart,
  ) {
    const settle = state.expect(predict, begin);
    return inOrder(run)
      .then((outcome) => {
        settle(outcome.cart);
        afterwards(outcome);
        return toResult(outcome);
      })
      .catch((error: unknown) => {
        settle();
        throw error;
      });
  }

  /** What others must hear, and what is no longer to be kept. */
  function afterwards({ ok, cart }: Outcome): void {
    if (ok && cart.status === 'ACTIVE') opening.announce(cart);
    if (ok && cart.status !== 'ACTIVE') {
      if (kept.read().cartId === cart.id) kept.update({ cartId: undefined });
      opening.announce(cart);
    }
  }

  function run<Result>(intention: Intention<Change, unknown>): Promise<Result> {
    const time = timer({ ...settings, deadline: intention.deadline ?? settings.deadline });
    return showing(
      intention.predict,
      () => send(intention, () => (intention.shopper === state.shopper() ? time() : 0)),
      (outcome) => withAgain(outcome, () => run<Result>(intention)),
      intention.begin,
    );
  }

  function open(strategy: MergeStrategy): Promise<ChangeResult> {
    const left = timer(settings);
    return showing(
      predictNothing(),
      () => opening.open(strategy, left),
      (outcome) => withAgain(outcome, () => open(strategy)),
    );
  }

  return {
    open,
    change: <Data extends Change, Variables, Result>(
      document: TypedDocument<Data, Variables>,
      variablesOf: (base: Base) => Variables,
      request: Request,
    ): Promise<Result> => {
      const [key, shopper] = [settings.newKey(), state.shopper()];
      const intention = { ...request, document, variablesOf, key, shopper };
      return run<Result>(intention as unknown as Intention<Change, unknown>);
    },
  };
}

/** The kinds that an operation can have are those of its type: the service answers with no others. */
function withAgain<Result>(outcome: Outcome, again: () => Promise<Result>): Result {
  return (outcome.kind === 'unknown' ? { ...outcome, again } : outcome) as Result;
}

/** One after the other, whatever becomes of each. */
function createQueue() {
  /** The end of what was asked for last. */
  let last: Promise<unknown> = Promise.resolve();

  return <Result>(run: () => Promise<Result>): Promise<Result> => {
    const result = last.then(run);
    last = result.catch(() => undefined);
    return result;
  };
}
