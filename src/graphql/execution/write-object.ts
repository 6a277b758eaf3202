/** Objects as text, their fields side by side or one after the other (specification, 6.3). */
import { type WriteObject } from './complete-value.ts';
import { isPromise, type MaybePromise, type Text } from './text.ts';
import type { Field } from './fields.ts';
import { ABSENT } from './leaf-text.ts';
import { spend, type Path, type Run } from './run.ts';

/** Writes an object whose fields may be executed side by side. */
export function objectWriter(fields: readonly Field[]): WriteObject {
  const frame = frameOf(fields);
  const count = fields.length;

  return (run, source, path) => {
    spend(run, frame);
    // Most objects wait for nothing, and are written as they are gone through.
    let object = '';
    for (let index = 0; index < count; index += 1) {
      const { key, execute } = fields[index] as Field;
      const text = execute(run, source, path);
      if (isPromise(text)) return goOn(run, fields, { source, path, object, index }, text);
      object = withField(run, object, key, text);
    }
    return endOf(object);
  };
}

/** How far an object is written. */
interface Begun {
  readonly source: unknown;
  readonly path: Path | undefined;
  readonly object: string;
  /** Of the first field that waits. */
  readonly index: number;
}

/** The other fields need not wait for the first that does. */
function goOn(
  run: Run,
  fields: readonly Field[],
  { source, path, object, index }: Begun,
  first: Promise<Text>,
): Promise<string> {
  const texts: MaybePromise<Text>[] = [first];
  try {
    for (let next = index + 1; next < fields.length; next += 1)
      texts.push((fields[next] as Field).execute(run, source, path));
  } catch (error) {
    // The others are under way: what they report still counts, and none of them may be left unheard.
    return Promise.all(texts as Promise<Text>[]).finally(() => {
      throw error;
    }) as Promise<never>;
  }
  return Promise.all(texts as Promise<Text>[]).then((all) => {
    const join = (begun: string, text: Text, at: number) =>
      withField(run, begun, (fields[index + at] as Field).key, text);
    return endOf(all.reduce<string>(join, object));
  });
}

/** Writes an object whose fields are executed one after the other: that of a mutation. */
export function serialWriter(fields: readonly Field[]): WriteObject {
  const frame = frameOf(fields);

  return (run, source, path) => {
    spend(run, frame);
    let object = '';
    let index = 0;
    const add = (text: Text) => {
      object = withField(run, object, (fields[index] as Field).key, text);
      index += 1;
    };
    const goOn = (): MaybePromise<Text> => {
      while (index < fields.length) {
        const text = (fields[index] as Field).execute(run, source, path);
        if (isPromise(text)) {
          return text.then((later) => {
            add(later);
            return goOn();
          });
        }
        add(text);
      }
      return endOf(object);
    };
    return goOn();
  };
}

/** Characters of an object besides its values: braces, names, and a comma less than there are fields. */
function frameOf(fields: readonly Field[]): number {
  return Math.max(
    '{}'.length,
    fields.reduce((sum, { key }) => sum + key.length, 1),
  );
}

/** @param object what is written of it, without its end; empty before the first field */
function withField(run: Run, object: string, key: string, text: Text): string {
  if (text === ABSENT) return object;
  if (text === undefined) spend(run, 'null'.length);
  return object + (object === '' ? `{${key.slice(1)}` : key) + (text ?? 'null');
}

function endOf(object: string): string {
  return object === '' ? '{}' : `${object}}`;
}
