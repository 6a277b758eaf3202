import { Editor } from './editor.tsx';
import type { State } from './model.ts';
import { describeToken } from './token.ts';

export function AnswerView({ state: { answers, tabs, running, token } }: { state: State }) {
  const answer = answers.get(tabs.current);
  const waiting = running === tabs.current;
  return (
    <>
      <div class="heading">
        <h2>Answer</h2>
        <span role="status">{waiting ? 'Waiting for the answer.' : answer?.note}</span>
      </div>
      {answer?.denied && (
        <p class="hint">
          You asked as: {describeToken(token)}. Somebody else may be allowed to; choose at the top of the page
          who is asking.
        </p>
      )}
      {answer ? (
        <Editor key={`answer-${tabs.current}`} language="json" label="Answer" value={answer.text} />
      ) : (
        <p class="hint">The answer of the operation appears here once you run it.</p>
      )}
    </>
  );
}
