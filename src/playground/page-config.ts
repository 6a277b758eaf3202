import type { ExampleGroup } from './playground-example.ts';

/** What the page is told, as JSON in its element `config`. */
export interface PageConfig {
  /** The address of the GraphQL endpoint, without a host, as are the others: "/graphql". */
  endpoint: string;
  /** The address of the schema in its definition language. */
  schema: string;
  examples: readonly ExampleGroup[];
  auth: 'none' | 'jwt';
  /** Where tokens of sample people are given: `<path>staff` and `<path>customers/<id>`. */
  tokens?: { path: string; customers: readonly string[] };
}
