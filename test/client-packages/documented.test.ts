/** What docs/clients.md shows for other clients is generated, compiled and run as it stands there, but for the address. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestApp, storeTypes, type TestApp } from '../support/test-app.ts';
import { editedCopy, openPageFolder, type PageFolder } from './page-folder.ts';

/** What each of the files exports. */
interface Shop {
  openCart(): Promise<{ readonly id: string } | null | undefined>;
  addItem(cartId: string, productId: string): Promise<Added | null | undefined>;
  readCart(id: string): Promise<Cart | null | undefined>;
}
interface Added {
  readonly userErrors: readonly { readonly code: string }[];
}
interface Cart {
  readonly id: string;
  readonly totalAmount: { readonly amount: string };
  readonly items: readonly { readonly id: string; readonly quantity: number }[];
}

const clients = ['fetch', 'apollo', 'urql', 'relay'] as const;
const fileOf = (client: (typeof clients)[number]) => `src/with-${client}.ts`;

/** Fields that the schema does not have. */
const MISTAKES = { 'quantity: 1': 'amount: 1', '?.cart;': '?.basket;' };

let page: PageFolder;
let said: string[];
beforeAll(async () => {
  page = await openPageFolder();
  said = await page.compile(Object.fromEntries(clients.map((name) => [fileOf(name), MISTAKES])));
}, 240_000);
afterAll(() => page.remove());

const at = (app: TestApp) => (text: string) => text.replaceAll('http://localhost:8080', app.url);

/** Two carts of one product in one page, which must not be taken for one another. */
async function useShop({ openCart, addItem, readCart }: Shop): Promise<void> {
  const ids = [(await openCart())?.id ?? '', (await openCart())?.id ?? ''];
  for (const id of ids) expect(await addItem(id, '1')).toMatchObject({ userErrors: [] });
  expect(await addItem(ids[1] ?? '', '1')).toMatchObject({ userErrors: [] });
  expect(await addItem(ids[0] ?? '', 'unknown')).toMatchObject({
    userErrors: [{ code: 'PRODUCT_NOT_FOUND' }],
  });
  const carts = await Promise.all(ids.map((id) => readCart(id)));
  expect(carts).toMatchObject(
    ['29.99', '59.98'].map((amount, index) => ({
      id: ids[index],
      totalAmount: { amount, currency: 'USD' },
      items: [{ id: `${ids[index] ?? ''}:1`, productName: 'Widget Alpha', quantity: index + 1 }],
    })),
  );
}

it('compiles, under the strict rules of this project', () => {
  const copies = clients.map((name) => editedCopy(fileOf(name)));
  expect(said.filter((line) => !copies.some((copy) => line.startsWith(copy)))).toEqual([]);
});

it.each(clients)('with %s does not compile with a field that the schema does not have', (name) => {
  const ofCopy = said.filter((line) => line.startsWith(editedCopy(fileOf(name)))).join();
  expect(ofCopy).toContain("Property 'basket' does not exist");
  expect(ofCopy).toMatch(/error TS2(322|769):/);
});

describe.each(storeTypes)('on %s', (type) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp(type);
  });
  afterAll(() => app.close());

  it.each(clients)('a page with %s has its carts', async (name) => {
    await useShop(await page.load<Shop>(fileOf(name), at(app)));
  });
});

describe('with the manifest of the same run as TRUSTED_DOCUMENTS', () => {
  const open = (manifest: string) =>
    openTestApp('postgres', { env: { TRUSTED_DOCUMENTS: join(page.path, manifest) } });
  let app: TestApp;
  beforeAll(async () => {
    app = await open('src/documents/persisted-documents.json');
  });
  afterAll(() => app.close());

  it('documents and texts have the same', async () => {
    const [documents, texts] = await Promise.all(
      ['documents', 'texts'].map((name) =>
        readFile(join(page.path, `src/${name}/persisted-documents.json`), 'utf8'),
      ),
    );
    expect(documents).toBe(texts);
  });

  it('fetch sends hashes, and nothing but what is in it', async () => {
    const shop = await page.load<Shop>(fileOf('fetch'), at(app));
    await expect(shop.openCart()).rejects.toThrow('that its clients were built with');
    const edit = (text: string) =>
      at(app)(text).replace('query: document', "documentId: document.__meta__?.['hash']");
    await useShop(await page.load<Shop>(fileOf('fetch'), edit));
  });

  it('Apollo Client sends hashes', async () => {
    // One module, so that the link is set where the functions are.
    const entry = (text: string) => at(app)(text).concat("\nexport * from './with-apollo';\n");
    await useShop(
      await page.load<Shop>('src/trusted-apollo.ts', (text) =>
        text.includes('PersistedQueryLink') ? entry(text) : at(app)(text),
      ),
    );
  });

  it('urql sends hashes', async () => {
    const { client } = await page.load<{ client: unknown }>('src/trusted-urql.ts', at(app));
    (globalThis as { trusted?: unknown }).trusted = client;
    const edit = (text: string) =>
      at(app)(text).replace(
        /new Client\(\{[^]*?\n\}\);/,
        '(globalThis as unknown as { trusted: Client }).trusted;',
      );
    await useShop(await page.load<Shop>(fileOf('urql'), edit));
    Reflect.deleteProperty(globalThis, 'trusted');
  });

  it('Relay sends hashes, of the manifest that its compiler has written', async () => {
    const relays = await open('persisted-documents.json');
    await useShop(await page.load<Shop>(fileOf('relay'), at(relays)));
    await relays.close();
  });
});
