import { nameOf } from './history.ts';
import type { Model, State } from './model.ts';

/** What was sent from this browser, to be opened again, and a button that forgets all of it. */
export function HistoryPanel({ model, state: { history } }: { model: Model; state: State }) {
  if (history.length === 0) return <p>Operations that you run are kept here, in this browser.</p>;
  return (
    <>
      <button
        type="button"
        onClick={() => {
          model.forgetHistory();
        }}
      >
        Clear the history
      </button>
      <ul class="examples">
        {history.map((sent) => (
          <li key={`${sent.query}\n${sent.variables}`}>
            <button
              type="button"
              onClick={() => {
                model.openOperation(sent.query, sent.variables);
                model.show('write');
              }}
            >
              <strong>{nameOf(sent)}</strong>
              <span>{sent.variables.replace(/\s+/g, ' ').slice(0, 80)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
