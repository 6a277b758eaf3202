/** What a person at a terminal sees when the service is up. */
import type { Config } from '../config/config.ts';
import type { Stores } from '../stores/open-stores.ts';

export function describeStart(
  { host, playground }: Pick<Config, 'host' | 'playground'>,
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
    ...(playground ? [`  Playground  ${base}/`] : []),
    `  Store       ${title}, ${location}`,
    '',
    '  Press Ctrl-C to stop.',
    '',
  ].join('\n');
}
