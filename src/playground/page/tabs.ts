/** The operations that somebody works on: values, and how they are kept. */
import type { PlaygroundExample } from '../playground-example.ts';
import { operationAt, parseDocument } from './documents.ts';
import type { Stored } from './stored.ts';

export interface Tab {
  readonly id: number;
  /** Of the example that it was opened as. */
  readonly name: string | undefined;
  readonly query: string;
  /** JSON; empty for none. */
  readonly variables: string;
}

export interface Tabs {
  /** Never empty. */
  readonly list: readonly Tab[];
  /** The id of the one that is shown. */
  readonly current: number;
}

/** Most tabs that are kept; beyond, the oldest goes. */
const MOST = 30;

export const emptyTab = (id: number): Tab => ({ id, name: undefined, query: '', variables: '' });

/** The name of its operation, as it is written now. */
export function titleOf({ query }: Tab): string {
  const document = parseDocument(query);
  const name = document
    ? operationAt(document, 0)?.name?.value
    : /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1];
  return name ?? 'Untitled';
}

/** Opens a tab, or shows the one that has the same text; an empty one is taken first. */
export function openTab({ list, current }: Tabs, content: Omit<Tab, 'id'>): Tabs {
  const same = list.find(
    ({ name, query }) => content.name !== undefined && name === content.name && query === content.query,
  );
  if (same) return { list, current: same.id };
  const id = Math.max(...list.map((tab) => tab.id)) + 1;
  const empty = list.find((tab) => tab.id === current && tab.query.trim() === '');
  const others = empty ? list.filter((tab) => tab !== empty) : list;
  return { list: [...others, { ...content, id }].slice(-MOST), current: id };
}

/** Closes one; the last one leaves an empty one behind. */
export function closeTab({ list, current }: Tabs, id: number): Tabs {
  const at = list.findIndex((tab) => tab.id === id);
  const left = list.filter((tab) => tab.id !== id);
  if (left.length === 0) return { list: [emptyTab(id + 1)], current: id + 1 };
  const next = left[Math.min(at, left.length - 1)] ?? left[0];
  return { list: left, current: current === id ? (next?.id ?? id) : current };
}

/** Those of the last visit, else the first example. */
export function loadTabs(stored: Stored, examples: readonly PlaygroundExample[]): Tabs {
  try {
    const { list, current } = JSON.parse(stored.get('tabs') ?? '') as Tabs;
    const tabs = list.filter(isTab);
    const shown = tabs.find(({ id }) => id === current) ?? tabs.at(-1);
    if (shown) return { list: tabs, current: shown.id };
  } catch {
    // Nothing is kept, or nothing that this page wrote.
  }
  const [first] = examples;
  const { name, query = '', variables } = first ?? {};
  return { list: [{ id: 1, name, query, variables: JSON.stringify(variables ?? {}, null, 2) }], current: 1 };
}

export function saveTabs(stored: Stored, tabs: Tabs): void {
  stored.set('tabs', JSON.stringify(tabs));
}

function isTab(tab: Tab): boolean {
  return typeof tab.id === 'number' && typeof tab.query === 'string' && typeof tab.variables === 'string';
}
