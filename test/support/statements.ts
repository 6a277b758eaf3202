/** What is sent to PostgreSQL. */
import pg from 'pg';
import { vi } from 'vitest';

/** The SQL of all statements that the clients in this process send during `work`, begin and commit included. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const spy = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await work();
    return spy.mock.calls.map(([query]: unknown[]) =>
      typeof query === 'string' ? query : (query as pg.QueryConfig).text,
    );
  } finally {
    spy.mockRestore();
  }
}
