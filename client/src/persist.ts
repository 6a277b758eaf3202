/** One intention, sent until it is answered or its time is over. */
import { attempt, type Sender } from './attempt.ts';
import type { Fault } from './types.ts';
import type { TypedDocument } from './typed-document.ts';

export interface Patience {
  /** Milliseconds since some moment, never going back. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to 1, as Math.random. */
  readonly random: () => number;
}

export type Settled<Data> =
  | { readonly kind: 'data'; readonly data: Data; readonly open: boolean }
  /** `failed`: it was not done and will not be. `unknown`: nobody knows. */
  | { readonly kind: 'denied' | 'failed' | 'unknown'; readonly errors: readonly Fault[] };

/** Milliseconds that the first pause has at most; it doubles up to the longest. */
const PAUSE = { first: 200, longest: 5_000 };
/** Milliseconds for one answer: four times what the service gives itself, for slow networks. */
const LONGEST_ATTEMPT = 8_000;

const NOT_SENT: Fault = { code: 'NOT_SENT', message: 'There was no time left to send it.' };

/**
 * A document that changes anything must carry an idempotency key: it may be sent many times.
 * @param left milliseconds that are left for it; none where it is not to be sent any more
 */
export async function persist<Data, Variables>(
  sender: Sender,
  { wait, random }: Omit<Patience, 'now'>,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  left: () => number,
): Promise<Settled<Data>> {
  let open = false;
  let errors: readonly Fault[] = [NOT_SENT];
  let renewed = false;
  const end = (kind: 'denied' | 'failed') => ({ kind: open ? ('unknown' as const) : kind, errors });

  for (let tries = 0; ; tries += 1) {
    const time = left();
    if (time <= 0) return end('failed');
    // Whole ones: Node has no signal for fractions of them.
    const answer = await attempt(sender, document, variables, Math.min(Math.ceil(time), LONGEST_ATTEMPT));
    if (answer.kind === 'data') return { kind: 'data', data: answer.data, open };
    open ||= answer.open;
    errors = answer.errors;
    if (answer.kind === 'final') return end('failed');
    if (answer.kind === 'denied') {
      // Tokens end: whoever gets a newer one gets one more try.
      if (renewed || !sender.getToken) return end('denied');
      renewed = true;
      continue;
    }
    const longest = Math.min(PAUSE.longest, PAUSE.first * 2 ** tries);
    const pause = Math.max(answer.after, random() * longest);
    if (pause >= left()) return end('failed');
    await wait(pause);
  }
}
