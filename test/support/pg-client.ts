/** Statements on a PostgreSQL database, without a pool. */
import pg from 'pg';

/** Connects for as long as `use` takes. */
export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Of the tables, columns, constraints and triggers: it changes whenever one of them does, and a copied database has the same. */
export async function readShape(client: pg.Client): Promise<string> {
  const catalogs = ['pg_attribute', 'pg_type', 'pg_depend'];
  const parts = catalogs.map(
    (catalog) => `(SELECT concat(count(*), ' to ', max(xmin::text::bigint)) FROM ${catalog})`,
  );
  const { rows } = await client.query<{ shape: string }>(`SELECT concat_ws(', ', ${parts.join()}) AS shape`);
  return rows[0]?.shape ?? '';
}
