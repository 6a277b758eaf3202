/**
 * Whether what several clients saw at the same time could have been seen one after the other: the search of Wing and Gong, with Lowe's
 * memory of what was tried. "Testing and verifying concurrent objects" (1993), "Testing for linearizability" (2017).
 */

/** A call as its client saw it. Times are counted by one clock, which says of any two events which was first. */
export interface Call<Input, Answer> {
  readonly input: Input;
  /** Absent when nobody knows what became of it: it takes effect at any time after `called`, or never. */
  readonly answer?: Answer;
  readonly called: number;
  /** Infinity without an answer. */
  readonly returned: number;
  /** A call that must have taken effect before this one, though both are under way. */
  readonly after?: Call<Input, Answer>;
}

/** How one object behaves that does one thing after the other. */
export interface Model<State, Input, Answer> {
  readonly initial: State;
  /**
   * The states that a call can leave behind, none if it cannot have got that answer here; without an answer those that it may leave
   * whatever it would have said. A call whose answer fits and changes nothing must not fit a change at any later time.
   */
  step(state: State, input: Input, answer: Answer | undefined): readonly State[];
  /** Two states with one key are the same. */
  key(state: State): string;
}

export type Verdict<Input, Answer> =
  | { readonly linearizable: true }
  | {
      readonly linearizable: false;
      /** The longest order that was found. */
      readonly order: readonly Call<Input, Answer>[];
      /** What was under way then, and fits nowhere. */
      readonly stuck: readonly Call<Input, Answer>[];
    };

/** Steps after which a history counts as too tangled: some seconds. */
const MOST_STEPS = 2_000_000;

interface Place<State, Input, Answer> {
  readonly state: State;
  readonly key: string;
  /** A bit for each call that has taken effect. */
  readonly done: bigint;
  readonly before?: Place<State, Input, Answer>;
  readonly call?: Call<Input, Answer>;
}

/** @throws Error when it takes more than `mostSteps` to find out */
export function checkHistory<State, Input, Answer>(
  model: Model<State, Input, Answer>,
  calls: readonly Call<Input, Answer>[],
  mostSteps = MOST_STEPS,
): Verdict<Input, Answer> {
  const bits = new Map(calls.map((call, index) => [call, 1n << BigInt(index)]));
  const bitOf = (call: Call<Input, Answer>) => bits.get(call) ?? 0n;
  const seen = new Set<string>();
  const start = { state: model.initial, key: model.key(model.initial), done: 0n };
  const open: Place<State, Input, Answer>[] = [start];
  let deepest: Place<State, Input, Answer> = start;
  let depth = -1;
  let steps = 0;
  for (let place = open.pop(); place; place = open.pop()) {
    const name = `${place.done} ${place.key}`;
    if (seen.has(name)) continue;
    seen.add(name);
    const { done } = place;
    const left = calls.filter((call) => (done & bitOf(call)) === 0n);
    const answered = left.filter(({ answer }) => answer !== undefined);
    if (answered.length === 0) return { linearizable: true };
    if (calls.length - left.length > depth) [deepest, depth] = [place, calls.length - left.length];
    const end = Math.min(...answered.map(({ returned }) => returned));
    const next = left.filter(({ called, after }) => called < end && (!after || (done & bitOf(after)) !== 0n));
    steps += next.length;
    if (steps > mostSteps) throw new Error(`Not found out within ${mostSteps} steps`);
    open.push(...placesAfter(model, place, next, bitOf));
  }
  const order = orderOf(deepest);
  const end = Math.min(...calls.filter((call) => !order.includes(call)).map(({ returned }) => returned));
  const stuck = calls.filter((call) => !order.includes(call) && call.called < end);
  return { linearizable: false, order, stuck };
}

/** Where the next step can lead; the most promising place last. */
function placesAfter<State, Input, Answer>(
  model: Model<State, Input, Answer>,
  place: Place<State, Input, Answer>,
  next: readonly Call<Input, Answer>[],
  bitOf: (call: Call<Input, Answer>) => bigint,
): Place<State, Input, Answer>[] {
  const unheard: Place<State, Input, Answer>[] = [];
  const heard: (Place<State, Input, Answer> & { call: Call<Input, Answer> })[] = [];
  for (const call of next) {
    for (const state of model.step(place.state, call.input, call.answer)) {
      const key = model.key(state);
      const after = { state, key, done: place.done | bitOf(call), before: place, call };
      // What fits and changes nothing can as well be taken now as later.
      if (key === place.key && call.answer !== undefined) return [after];
      if (call.answer !== undefined) heard.push(after);
      else if (key !== place.key) unheard.push(after);
    }
  }
  heard.sort((a, b) => b.call.returned - a.call.returned);
  return [...unheard, ...heard];
}

function orderOf<State, Input, Answer>(place: Place<State, Input, Answer>): Call<Input, Answer>[] {
  const order: Call<Input, Answer>[] = [];
  for (let at: Place<State, Input, Answer> | undefined = place; at?.call; at = at.before) order.push(at.call);
  return order.reverse();
}

/** @throws Error that shows the order as far as it goes, and what fits nowhere */
export function mustBeLinearizable<State, Input, Answer>(
  model: Model<State, Input, Answer>,
  calls: readonly Call<Input, Answer>[],
): void {
  const verdict = checkHistory(model, calls);
  if (verdict.linearizable) return;
  const { order, stuck } = verdict;
  const show = ({ input, answer, called, returned }: Call<Input, Answer>) =>
    `  ${called}–${returned} ${JSON.stringify(input)} -> ${answer === undefined ? 'unknown' : JSON.stringify(answer)}`;
  throw new Error(
    `Not linearizable. In order:\n${order.map(show).join('\n')}\nand then none of:\n${stuck.map(show).join('\n')}`,
  );
}

/** Writes down calls as they are made. */
export function createRecorder<Input, Answer>() {
  let time = 0;
  const calls: Call<Input, Answer>[] = [];
  return {
    calls,
    /** For {@link Call.called}, before a call is sent, and for what is not recorded by {@link ended}. */
    now: () => (time += 1),
    /** @param answer undefined when nobody knows what became of it */
    ended(input: Input, called: number, answer: Answer | undefined): Call<Input, Answer> {
      const returned = answer === undefined ? Infinity : (time += 1);
      const call = { input, called, returned, ...(answer !== undefined && { answer }) };
      calls.push(call);
      return call;
    },
  };
}

export type Recorder<Input, Answer> = ReturnType<typeof createRecorder<Input, Answer>>;
