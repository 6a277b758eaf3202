/**
 * Lists as text (specification, 6.4.3). The entries of all lists that wait for something, products for instance, are counted for
 * the whole process: beyond {@link MOST_UNDER_WAY} a list waits for those that it has begun before it begins more, and lets other
 * work have its turn. So what waits does not grow with what is asked for, and a run that is told to stop does so soon.
 */
import { isPromise, type FieldPath, type MaybePromise, type Text } from './text.ts';
import { spend, stopIfOver, type Path, type Run } from './run.ts';

/** Completes an entry; never throws but where the list as a whole fails. */
export type CompleteEntry = (run: Run, value: unknown, path: Path, field: FieldPath) => MaybePromise<Text>;

/** With its promises and the objects behind it an entry takes some 2 KB: 4 MB. */
const MOST_UNDER_WAY = 2_000;

/** From this entry on texts are made flat: V8 keeps joined strings as trees of their parts, ten times as large as the text. */
const FLAT_FROM = 20;

let underWay = 0;

/** @throws whatever an entry throws that must not be null */
// eslint-disable-next-line max-lines-per-function -- its parts share the state of one list, and call each other
export function writeList(
  run: Run,
  values: Iterable<unknown>,
  path: Path,
  field: FieldPath,
  complete: CompleteEntry,
): MaybePromise<string> {
  const texts: MaybePromise<Text>[] = [];
  let mine = 0;

  function add(value: unknown): void {
    const text = complete(run, value, { prev: path, key: texts.length, typename: undefined }, field);
    if (isPromise(text)) {
      mine += 1;
      underWay += 1;
    }
    texts.push(texts.length < FLAT_FROM ? text : flat(text));
    spend(run, 1);
  }

  /** The entries that are under way, when all have ended. */
  function settled(): Promise<Text[]> {
    const count = mine;
    mine = 0;
    const end = () => {
      underWay -= count;
    };
    const all = Promise.all(texts as Promise<Text>[]);
    void all.then(end, end);
    return all;
  }

  function addFrom(start: number, array: readonly unknown[]): MaybePromise<string> {
    for (let index = start; index < array.length; index += 1) {
      if (mine > 0 && underWay >= MOST_UNDER_WAY) return later(index, array);
      add(array[index]);
    }
    return mine > 0 ? settled().then((all) => joinList(run, all)) : joinList(run, texts as Text[]);
  }

  /** Where the list as a whole fails nobody waits for what is under way; what that reports must not be left unheard. */
  function guarded(work: () => MaybePromise<string>): MaybePromise<string> {
    try {
      return work();
    } catch (error) {
      if (mine > 0) settled().catch(() => undefined);
      throw error;
    }
  }

  async function later(index: number, array: readonly unknown[]): Promise<string> {
    const done = await settled();
    for (let entry = 0; entry < done.length; entry += 1) texts[entry] = flat(done[entry]);
    await new Promise((resolve) => setImmediate(resolve));
    stopIfOver(run);
    return guarded(() => addFrom(index, array));
  }

  return guarded(() => {
    if (Array.isArray(values)) return addFrom(0, values);
    for (const value of values) add(value);
    return addFrom(0, []);
  });
}

function joinList(run: Run, texts: readonly Text[]): string {
  let list = '[';
  let nulls = 0;
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index];
    if (!text) nulls += 1;
    list += (index > 0 ? ',' : '') + (text || 'null');
  }
  // Brackets; the commas are counted with the entries, one too many.
  spend(run, nulls * 'null'.length + (texts.length === 0 ? 2 : 1));
  list += ']';
  return texts.length < FLAT_FROM ? list : flat(list);
}

/** The same text in one piece: V8 makes it so to find a character. */
function flat<Value extends MaybePromise<Text>>(text: Value): Value {
  if (typeof text === 'string') text.charCodeAt(0);
  return text;
}
