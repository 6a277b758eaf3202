/** Random documents and the requests that are made with them. */
import type { GraphQLSchema } from 'graphql';
import { createDice, type Dice } from '../../support/dice.ts';
import type { RunSettings } from './run.ts';
import { writeOperation, type WrittenOperation } from './write-operation.ts';

/** One execution of an operation of a document. */
export interface Request extends RunSettings {
  readonly operationName: string | undefined;
  /** JSON text of an object; undefined where a client sends none. */
  readonly variables: string | undefined;
}

export interface Trial {
  readonly seed: string;
  readonly document: string;
  readonly requests: readonly Request[];
}

export interface Generator {
  readonly schema: GraphQLSchema;
  readonly scalars: Readonly<Record<string, readonly string[]>>;
  readonly timings: readonly Request['timing'][];
}

/** Requests of one document: what one leaves behind in a compiled operation, the next would find. */
const REQUESTS = 2;

export function writeTrial(seed: string, generator: Generator): Trial {
  const dice = createDice(seed);
  const chaos = dice.chance(0.65) ? 0 : dice.pick([0.02, 0.1, 0.3]);
  const language = { ...generator, dice, chaos };
  const operations = writeOperations(language, dice);
  const extra = dice.chance(chaos / 8)
    ? ['type Extra { a: Int }', 'fragment F0 on A { id }', 'subscription S { id }']
    : [];
  const document = [
    ...operations.map(({ text }) => text),
    ...(extra.length > 0 ? [dice.pick(extra)] : []),
  ].join('\n');
  const requests = Array.from({ length: REQUESTS }, (_, index) => {
    const own = createDice(`${seed}/${index}`);
    const { name, variables } = own.pick(operations);
    const wrong = own.chance(0.8) ? 0 : 0.1;
    return {
      operationName: operations.length > 1 || own.chance(0.3) ? name : undefined,
      variables: values(variables, { ...generator, dice: own, chaos: wrong }),
      seed: `${seed}/${index}`,
      timing: own.pick(generator.timings),
      faults: own.pick([0, 0.02, 0.08, 0.25]),
    };
  });
  return { seed, document, requests };
}

function writeOperations(language: Parameters<typeof writeOperation>[0], dice: Dice): WrittenOperation[] {
  const kind = () => (dice.chance(0.25) ? 'mutation' : 'query');
  const first = dice.chance(0.4) ? 'First' : undefined;
  if (!dice.chance(0.1)) return [writeOperation(language, kind(), first, 'F')];
  const second = dice.chance(language.chaos) ? 'First' : 'Second';
  return [writeOperation(language, kind(), 'First', 'F'), writeOperation(language, kind(), second, 'G')];
}

function values(
  variables: WrittenOperation['variables'],
  writing: Parameters<WrittenOperation['variables']['writeValues']>[0],
): string | undefined {
  const text = variables.writeValues(writing);
  return text === '{}' && writing.dice.chance(0.5) ? undefined : text;
}
