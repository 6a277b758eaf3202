/** Changes of the cart from a component: what became of each is told. */
import { match, type ChangeOptions, type ChangeResult } from '@cartwright/client';
import { useNotices, wordsOf, type Action, type Notice } from './notices.tsx';
import { shop } from './shop.ts';

type Send = (options: ChangeOptions) => Promise<ChangeResult>;

/**
 * Sends a change, on condition that nobody else has changed the cart since it was shown. A conflict is shown with both ways out.
 * @returns a function whose `what` is what it would do, as the label of a button: "Set to 3 all the same"
 */
export function useChange(): (send: Send, what: string) => Promise<boolean> {
  const { tell, clear } = useNotices();

  async function change(send: Send, what: string, expected = shownVersion()): Promise<boolean> {
    const result = await send(expected);
    return report(result, () => void change(send, what, {}), what);
  }

  function report(result: ChangeResult, force: () => void, what: string): boolean {
    if (result.ok) clear();
    else tell(toNotice(result, { label: what, run: force }, (next) => report(next, force, what)));
    return result.ok;
  }

  return change;
}

function toNotice(
  result: Exclude<ChangeResult, { ok: true }>,
  force: Action,
  report: (result: ChangeResult) => unknown,
): Notice {
  const refused = ({ errors }: { errors: readonly { code: string }[] }) => ({ text: wordsOf(errors) });
  return match(result, {
    conflict: () => ({
      text: 'Your cart was changed in another window, and is shown as it is now.',
      actions: [force],
    }),
    gone: () => ({ text: 'This cart is no longer there: it was checked out, or has expired.' }),
    refused,
    failed: refused,
    denied: () => ({ text: 'Please sign in again.' }),
    unknown: ({ errors, again }) => ({
      text: wordsOf(errors),
      actions: [{ label: 'Try again', run: () => void again().then(report) }],
    }),
  });
}

/** With changes of one's own on their way, the version will be another. */
function shownVersion(): ChangeOptions {
  const { confirmed, pending } = shop.getSnapshot();
  return confirmed && pending === 0 ? { expectedVersion: confirmed.version } : {};
}
