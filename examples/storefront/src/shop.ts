/** The client of this shop, and who is signed in. */
import { createCartClient } from '@cartwright/client';

/** Customers of the sample shop: the service gives tokens of them to whoever is at this machine, in development alone. */
export const people = [
  { id: '7', name: 'Ada' },
  { id: '42', name: 'Grace' },
] as const;

export interface Identity {
  readonly customerId: string;
  readonly token: string;
}

const NAME = 'storefront.identity';
const listeners = new Set<() => void>();
let identity = read();

function read(): Identity | undefined {
  const text = localStorage.getItem(NAME);
  return text === null ? undefined : (JSON.parse(text) as Identity);
}

export const shop = createCartClient({ url: '/graphql', getToken: () => identity?.token });

export const identities = {
  get: () => identity,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function become(next: Identity | undefined): void {
  const leaves = identity !== undefined && next?.customerId !== identity.customerId;
  identity = next;
  for (const listener of listeners) listener();
  // Nothing of one customer's is shown to the next; a guest's cart goes along.
  if (leaves) shop.forget();
  void shop.load();
}

/** @param customerId undefined to be a guest again */
export async function signInAs(customerId: string | undefined): Promise<void> {
  if (customerId === undefined) {
    localStorage.removeItem(NAME);
    become(undefined);
    return;
  }
  const token = await tokenOf(`customers/${encodeURIComponent(customerId)}`);
  localStorage.setItem(NAME, JSON.stringify({ customerId, token }));
  become({ customerId, token });
}

/** From the service's playground. A shop of one's own has a sign-in page here. */
export async function tokenOf(who: string): Promise<string> {
  const response = await fetch(`/playground/tokens/${who}`);
  if (!response.ok) throw new Error(`There is no token for ${who}: HTTP ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

// Signing in or out in one tab does so in all.
addEventListener('storage', ({ key }) => {
  if (key === NAME || key === null) become(read());
});
