/** What the tests of caches ask for, and the fetch with which they hold answers back. */
import { gql, type TypedDocumentNode } from '@apollo/client';

export interface Item {
  readonly id: string;
  readonly quantity: number;
}
export interface CartData {
  readonly id: string;
  readonly version: number;
  readonly totalAmount: { readonly amount: string };
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
  readonly items: readonly Item[];
  readonly item: Item | null;
}
interface Payload {
  readonly cart: CartData | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly itemId?: string;
    readonly limit?: number;
  }[];
}

const PARTS = gql`
  fragment Parts on Cart {
    id
    version
    totalAmount {
      amount
    }
    attributes {
      key
      value
    }
    items {
      id
      productId
      quantity
    }
    item(productId: "1") {
      id
      quantity
    }
  }
`;
const ERRORS = gql`
  fragment Errors on UserError {
    code
    ... on ItemError {
      itemId
    }
    ... on LimitError {
      limit
    }
  }
`;

type Document<Data, Variables extends Record<string, unknown>> = TypedDocumentNode<Data, Variables>;

export const READ: Document<{ cart: CartData | null }, { id: string }> = gql`
  query Read($id: ID!) {
    cart(id: $id) {
      ...Parts
    }
  }
  ${PARTS}
`;
export const CREATE: Document<{ change: Payload }, { input: object }> = gql`
  mutation Create($input: CreateCartInput!) {
    change: createCart(input: $input) {
      cart {
        ...Parts
      }
      userErrors {
        ...Errors
      }
    }
  }
  ${PARTS}
  ${ERRORS}
`;
export const UPDATE: Document<{ change: Payload }, { input: object }> = gql`
  mutation Update($input: UpdateCartItemsInput!) {
    change: updateCartItems(input: $input) {
      cart {
        ...Parts
      }
      userErrors {
        ...Errors
      }
    }
  }
  ${PARTS}
  ${ERRORS}
`;
interface Products {
  readonly products: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly endCursor: string | null };
  };
}
export const PRODUCTS: Document<Products, { after?: string | null }> = gql`
  query Products($after: String) {
    products(first: 3, after: $after) {
      nodes {
        id
        name
        price {
          amount
        }
      }
      pageInfo {
        endCursor
      }
    }
  }
`;

export interface HeldFetch {
  readonly fetch: typeof globalThis.fetch;
  /** Names of the operations that were sent. */
  readonly sent: string[];
  /** Keeps the answer to the next such operation on its way. @returns when the service has answered it, and what lets it through */
  hold(name: string): { readonly answered: Promise<void>; readonly release: () => void };
}

export function createHeldFetch(): HeldFetch {
  const sent: string[] = [];
  let held: { name: string; answered: () => void; until: Promise<void> } | undefined;
  return {
    sent,
    async fetch(url, init) {
      const { operationName } = JSON.parse(init?.body as string) as { operationName: string };
      sent.push(operationName);
      const holds = held?.name === operationName ? held : undefined;
      if (holds) held = undefined;
      const answer = await fetch(url, init);
      holds?.answered();
      await holds?.until;
      return answer;
    },
    hold(name) {
      let release: () => void = () => undefined;
      const until = new Promise<void>((resolve) => (release = resolve));
      const answered = new Promise<void>((resolve) => (held = { name, answered: resolve, until }));
      return { answered, release };
    },
  };
}
