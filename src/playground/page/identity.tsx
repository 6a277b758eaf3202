import { useRef, useState } from 'preact/hooks';
import type { Model, State } from './model.ts';
import { describeToken, endOf } from './token.ts';

interface Props {
  model: Model;
  state: State;
}

/** Who is asking, for every operation: a button that says it, and the dialog behind it. */
export function Identity({ model, state }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <button
        type="button"
        class="identity"
        aria-haspopup="dialog"
        onClick={() => {
          dialog.current?.showModal();
        }}
      >
        <span class="hidden-text">Who is asking: </span>
        {model.config.auth === 'none' && state.token === ''
          ? 'Everybody is staff'
          : describeToken(state.token)}
      </button>
      <dialog ref={dialog} aria-labelledby="identity-title">
        <h2 id="identity-title">Who is asking</h2>
        {model.config.auth === 'none' ? (
          <p>This service asks for no tokens: whoever reaches it may do everything (AUTH_MODE=none).</p>
        ) : (
          <p>One token for every operation on this page, sent in the header “authorization”.</p>
        )}
        <Samples model={model} state={state} />
        <OwnToken model={model} state={state} />
        <form method="dialog">
          <button class="primary">Close</button>
        </form>
      </dialog>
    </>
  );
}

/** Tokens that the service gives, where it does. */
function Samples({ model, state }: Props) {
  const { tokens } = model.config;
  const [said, setSaid] = useState('');
  if (!tokens) return null;
  const become = async (who: string) => {
    try {
      const response = await fetch(tokens.path + who);
      const { token, message } = (await response.json()) as { token?: string; message?: string };
      if (token === undefined) throw new Error(message);
      model.identify(token, state.kept);
      setSaid(`Now asking as: ${describeToken(token)}.`);
    } catch (error) {
      setSaid((error as Error).message);
    }
  };
  return (
    <fieldset>
      <legend>Sample people, for development</legend>
      <div class="choices">
        <button
          type="button"
          onClick={() => {
            model.identify('', state.kept);
            setSaid('Now asking as: Guest.');
          }}
        >
          Nobody (guest)
        </button>
        {tokens.customers.map((id) => (
          <button key={id} type="button" onClick={() => void become(`customers/${encodeURIComponent(id)}`)}>
            Customer {id}
          </button>
        ))}
        <button type="button" onClick={() => void become('staff')}>
          Staff
        </button>
      </div>
      <OtherCustomer become={become} />
      <p role="status">{said}</p>
    </fieldset>
  );
}

function OtherCustomer({ become }: { become: (who: string) => Promise<void> }) {
  const [id, setId] = useState('');
  return (
    <form
      class="choices"
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== '') void become(`customers/${encodeURIComponent(id)}`);
      }}
    >
      <label>
        Another customer{' '}
        <input
          value={id}
          maxLength={128}
          placeholder="id"
          onInput={({ currentTarget }) => {
            setId(currentTarget.value);
          }}
        />
      </label>
      <button>Use</button>
    </form>
  );
}

function OwnToken({ model, state: { token, kept } }: Props) {
  const end = endOf(token);
  return (
    <>
      <label class="field">
        Bearer token
        <textarea
          rows={4}
          spellcheck={false}
          placeholder="None: guest"
          value={token}
          onInput={({ currentTarget }) => {
            model.identify(currentTarget.value.trim().replace(/^Bearer +/i, ''), kept);
          }}
        />
      </label>
      {end && <p>{end > new Date() ? `Good until ${end.toLocaleString()}.` : 'It has expired.'}</p>}
      <label class="keep">
        <input
          type="checkbox"
          checked={kept}
          onChange={({ currentTarget }) => {
            model.identify(token, currentTarget.checked);
          }}
        />{' '}
        Keep it in this browser, for later visits and other tabs
      </label>
    </>
  );
}
