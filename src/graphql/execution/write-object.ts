/** Objects as text: what their fields write, side by side or one after the other (specification, 6.3). */
import { type WriteObject } from './complete-value.ts';
import { isPromise, type MaybePromise, type Text } from './text.ts';
import type { Field } from './fields.ts';
import { ABSENT } from './json-text.ts';
import { spend, type Run } from './run.ts';

/** Writes an object whose fields may be executed side by side. */
export function objectWriter(fields: readonly Field[]): WriteObject {
  const frame = frameOf(fields);

  return (run, source, path) => {
    spend(run, frame);
    const texts: MaybePromise<Text>[] = [];
    let waits = false;
    try {
      for (const { execute } of fields) {
        const text = execute(run, source, path);
        if (isPromise(text)) waits = true;
        texts.push(text);
      }
    } catch (error) {
      if (!waits) throw error;
      // The others are under way: what they report still counts, and none of them may be left unheard.
      return Promise.all(texts as Promise<Text>[]).finally(() => {
        throw error;
      }) as Promise<never>;
    }
    if (!waits) return joinObject(run, fields, texts as Text[]);
    return Promise.all(texts as Promise<Text>[]).then((all) => joinObject(run, fields, all));
  };
}

/** Writes an object whose fields are executed one after the other: that of a mutation. */
export function serialWriter(fields: readonly Field[]): WriteObject {
  const frame = frameOf(fields);

  return (run, source, path) => {
    spend(run, frame);
    const texts: Text[] = [];
    const goOn = (): MaybePromise<Text> => {
      while (texts.length < fields.length) {
        const text = (fields[texts.length] as Field).execute(run, source, path);
        if (isPromise(text)) {
          return text.then((later) => {
            texts.push(later);
            return goOn();
          });
        }
        texts.push(text);
      }
      return joinObject(run, fields, texts);
    };
    return goOn();
  };
}

/** Characters of an object besides its values: braces, names, and a comma less than there are fields. */
function frameOf(fields: readonly Field[]): number {
  return Math.max(
    '{}'.length,
    fields.reduce((sum, { key }) => sum + key.length + 1, 1),
  );
}

function joinObject(run: Run, fields: readonly Field[], texts: readonly Text[]): string {
  let object = '';
  let nulls = 0;
  for (let index = 0; index < texts.length; index += 1) {
    const text = texts[index];
    if (text === ABSENT) continue;
    if (text === undefined) nulls += 1;
    object += (object === '' ? '{' : ',') + (fields[index] as Field).key + (text ?? 'null');
  }
  spend(run, nulls * 'null'.length);
  return object === '' ? '{}' : `${object}}`;
}
