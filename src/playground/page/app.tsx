import { useEffect, useRef, useState } from 'preact/hooks';
import { AnswerView } from './answer-view.tsx';
import { ExamplesPanel } from './examples-panel.tsx';
import { FieldsPanel } from './fields-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { Identity } from './identity.tsx';
import type { Model, State, View } from './model.ts';
import { SchemaPanel } from './schema-panel.tsx';
import { WriteView } from './write-view.tsx';

/** Below it there is room for one thing at a time; page.css has the same number. */
const NARROW = '(max-width: 60rem)';

const SIDES: readonly [View, string][] = [
  ['examples', 'Examples'],
  ['fields', 'Fields'],
  ['schema', 'Schema'],
  ['history', 'History'],
];
const ALL: readonly [View, string][] = [...SIDES, ['write', 'Write'], ['answer', 'Answer']];

export function App({ model }: { model: Model }) {
  const state = useModel(model);
  const narrow = useNarrow();
  // Where the cursor is in the document: of several operations the one there is run.
  const cursor = useRef(0);
  const run = () => void model.run(cursor.current);
  const { side, view } = state;
  const shows = (one: View) => (narrow ? view === one : one === side || one === 'write' || one === 'answer');

  return (
    <div class="page">
      <Header model={model} state={state} />
      <nav class="views" aria-label="Views">
        {(narrow ? ALL : SIDES).map(([one, title]) => (
          <button
            key={one}
            type="button"
            aria-current={one === (narrow ? view : side) ? 'true' : undefined}
            onClick={() => {
              model.show(one);
            }}
          >
            {title}
          </button>
        ))}
      </nav>
      <main>
        <section class="side" aria-label="Examples" hidden={!shows('examples')}>
          <ExamplesPanel model={model} state={state} />
        </section>
        <section class="side" aria-label="Fields" hidden={!shows('fields')}>
          {shows('fields') && <FieldsPanel model={model} state={state} cursor={cursor.current} />}
        </section>
        <section class="side" aria-label="Schema" hidden={!shows('schema')}>
          {shows('schema') && <SchemaPanel model={model} state={state} />}
        </section>
        <section class="side" aria-label="History" hidden={!shows('history')}>
          {shows('history') && <HistoryPanel model={model} state={state} />}
        </section>
        <section class="write" aria-label="Operation" hidden={!shows('write')}>
          <WriteView model={model} state={state} cursor={cursor} run={run} />
        </section>
        <section class="answer" aria-label="Answer" hidden={!shows('answer')}>
          <AnswerView state={state} />
        </section>
      </main>
    </div>
  );
}

function Header({ model, state }: { model: Model; state: State }) {
  return (
    <header>
      <h1>
        Cartwright <span>playground</span>
      </h1>
      <a href={model.config.schema} download="schema.graphql">
        <span class="hidden-text">Download </span>schema.graphql
      </a>
      <Identity model={model} state={state} />
    </header>
  );
}

function useModel(model: Model): State {
  const [state, setState] = useState(model.state());
  useEffect(() => {
    const update = () => {
      setState(model.state());
    };
    update();
    return model.subscribe(update);
  }, [model]);
  return state;
}

function useNarrow(): boolean {
  const [query] = useState(() => matchMedia(NARROW));
  const [narrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const update = () => {
      setNarrow(query.matches);
    };
    query.addEventListener('change', update);
    return () => {
      query.removeEventListener('change', update);
    };
  }, [query]);
  return narrow;
}
