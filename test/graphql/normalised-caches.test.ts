/** Clients that keep every object once, by type and id: two carts with the same product show their own quantities. */
import { InMemoryCache } from '@apollo/client/cache';
import { graphql, parse, print } from 'graphql';
import {
  createOperationDescriptor,
  Environment,
  Network,
  RecordSource,
  Store,
  type ConcreteRequest,
} from 'relay-runtime';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/graphql/context.ts';
import { createSchema } from '../../src/graphql/schema.ts';
import { openParityData } from '../support/parity-data.ts';

const schema = createSchema();
const text = 'query Get($id: ID!) { cart(id: $id) { id items { id quantity } } }';
const engraved = [{ key: 'engraving', value: 'x' }];

interface Data {
  readonly cart: { readonly id: string; readonly items: readonly { id: string; quantity: number }[] };
}

/** Two carts with products 1 and 2, product 1 with attributes and without. */
async function openCarts() {
  const deps = await openParityData();
  const caller = { viewer: { kind: 'staff' } as const, signal: new AbortController().signal };
  const contextValue = createContext(deps, caller, 'request');
  const ids: string[] = [];
  for (const quantity of [1, 5]) {
    const items = [{ attributes: engraved }, {}].map((more, at) => ({
      productId: '1',
      quantity: quantity + at,
      ...more,
    }));
    const { carts } = await deps.operations.createCart({ items }, caller);
    ids.push(carts[0]?.id ?? '');
  }
  return {
    ids,
    async answer(source: string, id: string): Promise<Data> {
      const { data, errors } = await graphql({ schema, source, contextValue, variableValues: { id } });
      expect(errors).toBeUndefined();
      return JSON.parse(JSON.stringify(data)) as Data;
    },
  };
}

const quantitiesOf = (data: Data | null | undefined) => data?.cart.items.map(({ quantity }) => quantity);

describe('two carts with the same product show their own quantities', () => {
  it('in the default cache of Apollo Client', async () => {
    const { ids, answer } = await openCarts();
    const cache = new InMemoryCache();
    const query = cache.transformDocument(parse(text));
    for (const id of ids) {
      cache.writeQuery({ query, variables: { id }, data: await answer(print(query), id) });
    }
    const seen = ids.map((id) => quantitiesOf(cache.readQuery<Data>({ query, variables: { id } })));
    expect(seen).toEqual([
      [1, 2],
      [5, 6],
    ]);
    // Each is kept by its own id, or nothing would be shown here.
    expect(Object.keys(cache.extract()).filter((key) => key.startsWith('CartItem:'))).toHaveLength(4);
  });

  it('in the store of Relay', async () => {
    const { ids, answer } = await openCarts();
    const source = new RecordSource();
    const network = Network.create(() => Promise.reject(new Error('nothing is asked for')));
    const environment = new Environment({ network, store: new Store(source) });
    const operations = ids.map((id) => createOperationDescriptor(request, { id }));
    for (const [index, operation] of operations.entries()) {
      environment.retain(operation);
      environment.commitPayload(operation, { ...(await answer(text, ids[index] ?? '')) });
    }
    const seen = operations.map(({ fragment }) =>
      quantitiesOf(environment.lookup(fragment).data as unknown as Data),
    );
    expect(seen).toEqual([
      [1, 2],
      [5, 6],
    ]);
    expect(source.getRecordIDs().filter((id) => source.get(id)?.['__typename'] === 'CartItem')).toHaveLength(
      4,
    );
  });
});

const scalar = (name: string) =>
  ({ alias: null, args: null, kind: 'ScalarField', name, storageKey: null }) as const;
const linked = { alias: null, kind: 'LinkedField', storageKey: null } as const;
const argumentDefinitions = [{ defaultValue: null, kind: 'LocalArgument', name: 'id' }] as const;
const selections = [
  {
    ...linked,
    args: [{ kind: 'Variable', name: 'id', variableName: 'id' }],
    concreteType: 'Cart',
    name: 'cart',
    plural: false,
    selections: [
      scalar('id'),
      {
        ...linked,
        args: null,
        concreteType: 'CartItem',
        name: 'items',
        plural: true,
        selections: [scalar('id'), scalar('quantity')],
      },
    ],
  },
] as const;

/** What Relay's compiler makes of the text. */
const request: ConcreteRequest = {
  kind: 'Request',
  fragment: {
    abstractKey: null,
    argumentDefinitions,
    kind: 'Fragment',
    metadata: null,
    name: 'Get',
    selections,
    type: 'Query',
  },
  operation: { argumentDefinitions, kind: 'Operation', name: 'Get', selections },
  params: { cacheID: 'Get', id: null, metadata: {}, name: 'Get', operationKind: 'query', text },
};
