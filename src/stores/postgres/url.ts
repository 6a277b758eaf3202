/**
 * Addresses of PostgreSQL as its own clients take them. The host may stand in a parameter, as the folder of a socket does
 * (`postgres://user:password@/shop?host=/var/run/postgresql`); a URL proper has no user without a host.
 */

const PLACEHOLDER = 'no-host.invalid';

/** The address as a URL whose parts can be read and set; its host is to be asked of {@link hostOf}. Undefined for none. */
export function readPostgresUrl(address: string): URL | undefined {
  const text = URL.canParse(address) ? address : address.replace('@/', `@${PLACEHOLDER}/`);
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'postgres:' || url.protocol === 'postgresql:' ? url : undefined;
}

/** Host and port for people; empty for the default one. */
export function hostOf(url: URL): string {
  const host = url.searchParams.get('host');
  if (host !== null) return host;
  return url.hostname === PLACEHOLDER ? '' : url.host;
}

/** The text of a URL that {@link readPostgresUrl} has read. */
export function writePostgresUrl(url: URL): string {
  return url.href.replace(`@${PLACEHOLDER}/`, '@/');
}
