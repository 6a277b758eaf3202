/** How the type of an object is found out, and the order of mutations; each case is also held against graphql-js. */
import { isAbstractType, isObjectType, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ask } from './execution-both.ts';

const later = <T>(value: T): Promise<T> => Promise.resolve(value);

describe('the type of an object', () => {
  const definitions = `
    interface Named { name: String }
    type Dog implements Named { name: String, barks: Boolean! }
    type Cat implements Named { name: String, lives: Int }
    type Stone { name: String }
    union Pet = Dog | Cat
    type Query { pet: Pet, pets: [Pet!], named: Named }
  `;
  const text =
    '{ pets { __typename ... on Named { name } ... on Dog { barks } ...C } } fragment C on Cat { lives }';
  const pets = [
    { kind: 'Dog', name: 'Rex', barks: true },
    { kind: 'Cat', name: 'Tom', lives: 9 },
  ];
  const told =
    '{"pets":[{"__typename":"Dog","name":"Rex","barks":true},{"__typename":"Cat","name":"Tom","lives":9}]}';

  const resolving =
    (resolveType: (value: { kind: string }) => unknown) =>
    (schema: GraphQLSchema): void => {
      for (const type of Object.values(schema.getTypeMap())) {
        if (isAbstractType(type))
          type.resolveType = (value) => resolveType(value as { kind: string }) as string;
      }
    };
  const checking =
    (isTypeOf: (name: string, value: { kind: string }) => boolean | Promise<boolean>) =>
    (schema: GraphQLSchema): void => {
      for (const type of Object.values(schema.getTypeMap())) {
        if (isObjectType(type) && ['Dog', 'Cat'].includes(type.name)) {
          type.isTypeOf = (value) => isTypeOf(type.name, value as { kind: string });
        }
      }
    };

  const ways: Record<string, ((schema: GraphQLSchema) => void) | undefined> = {
    'resolveType tells': resolving(({ kind }) => kind),
    'resolveType tells later': resolving(({ kind }) => later(kind)),
    'isTypeOf tells': checking((name, { kind }) => kind === name),
    'isTypeOf tells later': checking((name, { kind }) => later(kind === name)),
    'its __typename tells': undefined,
  };
  for (const [way, equip] of Object.entries(ways)) {
    it(`is known when ${way}`, async () => {
      const named = equip ? pets : pets.map((pet) => ({ ...pet, __typename: pet.kind }));
      const asked = { root: () => ({ pets: named }), ...(equip && { equip }) };
      expect(await ask(definitions, text, asked)).toEqual({ data: told, errors: [] });
    });
  }

  const wrong: [string, unknown, RegExp][] = [
    ['unknown', 'Nobody', /was resolved to a type "Nobody" that does not exist/],
    ['not an object', 'Named', /was resolved to a non-object type "Named"/],
    ['none of them', 'Stone', /"Stone" is not a possible type for "Pet"/],
    ['missing', undefined, /must resolve to an Object type at runtime for field "Query.pet"/],
    ['no name', 42, /received "42"/],
    ['of the prototype', '__proto__', /that does not exist inside the schema/],
  ];
  it.each(wrong)('is an error when it is %s', async (_, name, message) => {
    for (const resolveType of [() => name, () => later(name)]) {
      const asked = { root: () => ({ pet: {} }), equip: resolving(resolveType) };
      const { data, errors } = await ask(definitions, '{ pet { __typename } }', asked);
      expect(data).toBe('{"pet":null}');
      expect(errors).toEqual([expect.stringMatching(message)]);
    }
  });

  it('is an error when isTypeOf denies what resolveType told', async () => {
    const equip = (schema: GraphQLSchema): void => {
      resolving(() => 'Dog')(schema);
      checking(() => false)(schema);
    };
    const { errors } = await ask(definitions, '{ pet { __typename } }', {
      root: () => ({ pet: { kind: 'x' } }),
      equip,
    });
    expect(errors).toEqual([expect.stringContaining('pet: Expected value of type "Dog" but got')]);
  });
});

describe('root fields of a mutation', () => {
  const definitions =
    'type Query { a: Int } type Mutation { set(n: Int!): Set, must(n: Int!): Int! } type Set { n: Int, log: Int }';

  /** Changes that take turns of different length, and note when they begin, are read, and end. */
  function changes(log: string[]) {
    return {
      async set({ n }: { n: number }) {
        log.push(`begin ${n}`);
        for (let turn = n; turn < 5; turn += 1) await later(turn);
        if (n === 3) throw new Error('three');
        log.push(`end ${n}`);
        return { n, log: () => later(log.push(`read ${n}`)) };
      },
      must: ({ n }: { n: number }) => Promise.reject(new Error(`must ${n}`)),
    };
  }

  it('run one after the other, with all that is asked of each', async () => {
    const logs: string[][] = [];
    const root = () => {
      const log: string[] = [];
      logs.push(log);
      return changes(log);
    };
    await ask(definitions, 'mutation { a: set(n: 1) { log } b: set(n: 3) { n } c: set(n: 2) { n log } }', {
      root,
    });
    const expected = ['begin 1', 'end 1', 'read 1', 'begin 3', 'begin 2', 'end 2', 'read 2'];
    expect(logs).toEqual(logs.map(() => expected));
  });

  it('end with the first that makes everything null', async () => {
    const logs: string[][] = [];
    const root = () => changes((logs[logs.length] = []));
    const told = await ask(definitions, 'mutation { a: set(n: 1) { n } must(n: 1) b: set(n: 2) { n } }', {
      root,
    });
    expect(told).toEqual({ data: 'null', errors: ['must: must 1'] });
    expect(logs).toEqual(logs.map(() => ['begin 1', 'end 1']));
  });
});
