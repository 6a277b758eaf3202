/** What a person at a terminal sees when the service is up. */
import { makesKeys } from '../config/auth.ts';
import type { Config } from '../config/config.ts';
import type { Stores } from '../stores/open-stores.ts';

export function describeStart(
  { host, playground, auth }: Pick<Config, 'host' | 'playground' | 'auth'>,
  port: number,
  { title, location }: Pick<Stores, 'title' | 'location'>,
): string {
  const name =
    host === '0.0.0.0' || host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  const base = `http://${name}:${port}`;
  return [
    '',
    '  Cartwright is ready.',
    '',
    `  GraphQL     ${base}/graphql`,
    ...(playground ? [`  Playground  ${base}/`, `  Schema      ${base}/schema.graphql`] : []),
    `  Store       ${title}, ${location}`,
    ...(makesKeys(auth) ? ['  Tokens      of a secret for today; the playground offers some'] : []),
    '',
    '  Press Ctrl-C to stop.',
    '',
  ].join('\n');
}
