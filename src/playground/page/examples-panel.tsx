import { useState } from 'preact/hooks';
import { findExamples, summaryOf } from './find-examples.ts';
import type { Model, State } from './model.ts';

/** Ready-made operations under their headings, and a search through all that is in them. */
export function ExamplesPanel({ model, state }: { model: Model; state: State }) {
  const [wanted, setWanted] = useState('');
  const groups = findExamples(model.config.examples, wanted);
  const shown = state.tabs.list.find(({ id }) => id === state.tabs.current)?.name;

  return (
    <>
      <input
        class="search"
        type="search"
        aria-label="Search examples"
        placeholder="Search examples, such as mergeCarts"
        value={wanted}
        onInput={({ currentTarget }) => {
          setWanted(currentTarget.value);
        }}
      />
      <p class="hidden-text" role="status">
        {wanted === '' ? '' : `${groups.flatMap(({ examples }) => examples).length} examples found`}
      </p>
      {groups.length === 0 && <p>No example has these words in it.</p>}
      {groups.map(({ title, examples }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul class="examples">
            {examples.map((example) => (
              <li key={example.name}>
                <button
                  type="button"
                  aria-current={example.name === shown ? 'true' : undefined}
                  onClick={() => {
                    model.openExample(example);
                  }}
                >
                  <strong>{example.name}</strong>
                  <span>{summaryOf(example)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
