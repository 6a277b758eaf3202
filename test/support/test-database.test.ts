import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

async function query(database: TestDatabase, statement: string): Promise<unknown[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
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
