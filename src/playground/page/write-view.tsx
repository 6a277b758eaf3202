import { useState } from 'preact/hooks';
import { asCurl } from './ask.ts';
import { prettify } from './documents.ts';
import { Editor } from './editor.tsx';
import type { Model, State } from './model.ts';
import { titleOf } from './tabs.ts';

interface Props {
  model: Model;
  state: State;
  cursor: { current: number };
  run: () => void;
}

/** The tabs, the document and its variables. */
export function WriteView({ model, state, cursor, run }: Props) {
  const { id, query, variables } = model.current();
  return (
    <>
      <Tabs model={model} state={state} />
      <Tools model={model} state={state} cursor={cursor} run={run} />
      <Editor
        key={`query-${id}`}
        language="graphql"
        label="Operation"
        value={query}
        schema={state.schema}
        onRun={run}
        onType={model.describe}
        onChange={(text) => {
          model.edit({ query: text });
        }}
        onCursor={(offset) => {
          cursor.current = offset;
        }}
      />
      <h2>Variables</h2>
      <Editor
        key={`variables-${id}`}
        language="json"
        label="Variables"
        value={variables}
        onRun={run}
        onChange={(text) => {
          model.edit({ variables: text });
        }}
      />
    </>
  );
}

function Tabs({ model, state: { tabs } }: Pick<Props, 'model' | 'state'>) {
  return (
    <div class="tabs">
      <ul aria-label="Open operations">
        {tabs.list.map((tab) => (
          <li key={tab.id} class={tab.id === tabs.current ? 'current' : undefined}>
            <button
              type="button"
              aria-current={tab.id === tabs.current ? 'true' : undefined}
              onClick={() => {
                model.select(tab.id);
              }}
            >
              {titleOf(tab)}
            </button>
            <button
              type="button"
              class="close"
              aria-label={`Close ${titleOf(tab)}`}
              onClick={() => {
                model.close(tab.id);
              }}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="plain" aria-label="New operation" onClick={model.newTab}>
        +
      </button>
    </div>
  );
}

function Tools({ model, state, cursor, run }: Props) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      const address = new URL(model.config.endpoint, location.href).href;
      await navigator.clipboard.writeText(asCurl(address, state.token, model.operation(cursor.current)));
      setSaid('Copied.');
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <div class="tools">
      <button type="button" class="primary" disabled={state.running !== undefined} onClick={run}>
        Run <kbd>{/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'} Enter</kbd>
      </button>
      <button
        type="button"
        onClick={() => {
          model.edit({ query: prettify(model.current().query) });
        }}
      >
        Prettify
      </button>
      <button type="button" onClick={() => void copy()}>
        Copy as curl
      </button>
      <span role="status">{said}</span>
    </div>
  );
}
