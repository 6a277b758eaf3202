import { expect, test } from 'vitest';
import { withClient } from './pg-client.ts';
import { createTestDatabase, takeMigratedDatabase, type TestDatabase } from './test-database.ts';

function query({ url }: TestDatabase, statement: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(statement)).rows);
}

test('a test database is a copy of its template, apart from it, and gone after drop', async () => {
  const template = await createTestDatabase();
  await query(template, 'CREATE TABLE numbers AS SELECT 1 AS n');
  const copy = await createTestDatabase(template.name);
  await query(copy, 'INSERT INTO numbers VALUES (2)');
  expect(await query(copy, 'SELECT n FROM numbers ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  expect(await query(template, 'SELECT n FROM numbers')).toEqual([{ n: 1 }]);
  await copy.drop();
  await template.drop();
  await expect(query(copy, 'SELECT')).rejects.toMatchObject({ code: '3D000' });
});

const addProduct = `INSERT INTO products (product_id, name, price, currency) VALUES ('1', 'Kettle', 100, 'EUR')`;

test('a migrated database that was dropped is emptied for the next test', async () => {
  const first = await takeMigratedDatabase();
  await query(first, addProduct);
  await first.drop();
  const next = await takeMigratedDatabase();
  expect(next.name).toBe(first.name);
  expect(await query(next, 'SELECT product_id FROM products')).toEqual([]);
  const other = await takeMigratedDatabase();
  expect(other.name).not.toBe(next.name);
  await Promise.all([next.drop(), next.drop(), other.drop()]);
  const both = await Promise.all([takeMigratedDatabase(), takeMigratedDatabase()]);
  expect(new Set(both.map(({ name }) => name)).size).toBe(2);
  await Promise.all(both.map(({ drop }) => drop()));
});

test.each([
  'ALTER TABLE products ADD COLUMN weight integer',
  'DROP TABLE products',
  'ALTER TABLE carts DROP CONSTRAINT carts_moves_check',
  'ALTER TABLE carts VALIDATE CONSTRAINT carts_moves_check',
  'CREATE VIEW names AS SELECT name FROM products',
  'GRANT SELECT ON carts TO PUBLIC',
  "INSERT INTO kysely_migration VALUES ('999-later', '2026-01-01')",
  `${addProduct}; ANALYZE products`,
  `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 64', current_database()); END $$`,
])('one of which more than rows of the shop was changed is for no other: %s', async (change) => {
  const changed = await takeMigratedDatabase();
  await query(changed, change);
  await changed.drop();
  const next = await takeMigratedDatabase();
  expect(next.name).not.toBe(changed.name);
  await expect(query(changed, 'SELECT')).rejects.toMatchObject({ code: '3D000' });
  await next.drop();
});
