/** What the page is about, without anything of how it looks: tabs, who is asking, the answer, and what is shown. */
import { buildSchema, parse, type GraphQLSchema } from 'graphql';
import type { PageConfig } from '../page-config.ts';
import type { PlaygroundExample } from '../playground-example.ts';
import { ask, failure, type Answer, type Operation } from './ask.ts';
import { operationAt } from './documents.ts';
import { loadHistory, remember, saveHistory, type Sent } from './history.ts';
import { cartToKeep, fillPlaceholders } from './placeholders.ts';
import type { Stored } from './stored.ts';
import { closeTab, emptyTab, loadTabs, openTab, saveTabs, type Tab, type Tabs } from './tabs.ts';

export type Side = 'examples' | 'fields' | 'schema' | 'history';
/** What a narrow window shows; a wide one shows the last side and both others. */
export type View = Side | 'write' | 'answer';

export interface State {
  readonly tabs: Tabs;
  /** Of the tabs that have one, by the tab's id. */
  readonly answers: ReadonlyMap<number, Answer>;
  /** The id of the tab whose operation is under way. */
  readonly running: number | undefined;
  /** Empty for none. */
  readonly token: string;
  /** Whether the token outlives the page. */
  readonly kept: boolean;
  readonly history: readonly Sent[];
  readonly side: Side;
  readonly view: View;
  readonly schema: GraphQLSchema | undefined;
  /** Why there is no schema. */
  readonly problem: string | undefined;
  /** The type that is described; undefined for the list of types. */
  readonly type: string | undefined;
}

export type Model = ReturnType<typeof createModel>;

// eslint-disable-next-line max-lines-per-function -- one closure over the state, of short methods
export function createModel(config: PageConfig, stored: Stored) {
  const examples = config.examples.flatMap((group) => group.examples);
  const listeners = new Set<() => void>();
  let state: State = {
    tabs: loadTabs(stored, examples),
    answers: new Map(),
    running: undefined,
    token: stored.get('token') ?? '',
    kept: stored.get('token') !== null,
    history: loadHistory(stored),
    side: 'examples',
    view: 'write',
    schema: undefined,
    problem: undefined,
    type: undefined,
  };

  function set(change: Partial<State>): void {
    state = { ...state, ...change };
    if (change.tabs) saveTabs(stored, change.tabs);
    if (change.history) saveHistory(stored, change.history);
    for (const listener of listeners) listener();
  }

  const current = (): Tab => state.tabs.list.find(({ id }) => id === state.tabs.current) ?? emptyTab(0);
  const answered = (id: number, answer: Answer) => new Map(state.answers).set(id, answer);

  stored.watch((name, value) => {
    if (name === 'token' && value !== null) set({ token: value, kept: true });
    // Of another tab of the browser, or what is left of it.
    if (name === 'history') set({ history: loadHistory(stored) });
  });

  /** The operation at a place of the current tab, ready to be sent. @throws Error that says what is missing */
  function operation(offset: number): Operation {
    const { query, variables } = current();
    return {
      query,
      variables: fillPlaceholders(variables, (name) => stored.get(`placeholder:${name}`), examples),
      operationName: operationAt(parse(query), offset)?.name?.value,
    };
  }

  return {
    config,
    state: () => state,
    current,
    operation,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    openExample({ name, query, variables }: PlaygroundExample) {
      const text = JSON.stringify(variables, null, 2);
      set({ tabs: openTab(state.tabs, { name, query, variables: text }), view: 'write' });
    },
    openOperation: (query: string, variables: string) => {
      set({ tabs: openTab(state.tabs, { name: undefined, query, variables }) });
    },
    forgetHistory: () => {
      set({ history: [] });
    },
    newTab: () => {
      set({ tabs: openTab(state.tabs, { name: undefined, query: '', variables: '' }), view: 'write' });
    },
    select: (id: number) => {
      set({ tabs: { ...state.tabs, current: id } });
    },
    close: (id: number) => {
      set({ tabs: closeTab(state.tabs, id) });
    },
    edit(change: { query?: string; variables?: string }) {
      const list = state.tabs.list.map((tab) =>
        tab.id === state.tabs.current ? { ...tab, ...change } : tab,
      );
      set({ tabs: { ...state.tabs, list } });
    },

    /** @param kept in this browser, for later visits and its other tabs */
    identify(token: string, kept: boolean) {
      stored.set('token', kept && token !== '' ? token : null);
      set({ token, kept });
    },
    show(view: View) {
      set(view === 'write' || view === 'answer' ? { view } : { view, side: view });
    },
    describe(type: string | undefined) {
      set({ type, view: 'schema', side: 'schema' });
    },

    /** @param offset where the cursor is, of several operations the one there is run */
    async run(offset: number) {
      const tab = current();
      const { id } = tab;
      let answer: Answer;
      try {
        const sent = operation(offset);
        set({ running: id, view: 'answer', history: remember(state.history, tab) });
        answer = await ask(config.endpoint, state.token, sent);
        const cart = cartToKeep(sent.operationName, answer.data, examples);
        if (cart) stored.set(`placeholder:${cart.name}`, cart.id);
      } catch (error) {
        answer = failure((error as Error).message);
      }
      set({ running: undefined, answers: answered(id, answer), view: 'answer' });
    },

    async loadSchema() {
      try {
        const response = await fetch(config.schema);
        if (!response.ok) throw new Error(`${config.schema} answered ${response.status}`);
        set({ schema: buildSchema(await response.text()), problem: undefined });
      } catch (error) {
        set({ problem: `The schema cannot be loaded: ${(error as Error).message}` });
      }
    },
  };
}
