/** What was sent: operations with their variables, the last one first. */
import type { Stored } from './stored.ts';
import { titleOf } from './tabs.ts';

export interface Sent {
  readonly query: string;
  /** JSON, as it was written: with placeholders. */
  readonly variables: string;
}

/** Most that are kept; beyond, the oldest goes. */
const MOST = 50;

/** What was sent before is moved to the front. */
export function remember(history: readonly Sent[], { query, variables }: Sent): readonly Sent[] {
  const others = history.filter((sent) => sent.query !== query || sent.variables !== variables);
  return [{ query, variables }, ...others].slice(0, MOST);
}

export const nameOf = (sent: Sent): string => titleOf({ id: 0, name: undefined, ...sent });

export function loadHistory(stored: Stored): readonly Sent[] {
  try {
    return (JSON.parse(stored.get('history') ?? '') as Sent[]).filter(isSent).slice(0, MOST);
  } catch {
    // Nothing is kept, or nothing that this page wrote.
    return [];
  }
}

export function saveHistory(stored: Stored, history: readonly Sent[]): void {
  stored.set('history', history.length === 0 ? null : JSON.stringify(history));
}

function isSent(sent: Sent): boolean {
  return typeof sent.query === 'string' && typeof sent.variables === 'string';
}
