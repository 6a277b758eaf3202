/** The target of a request's first line (RFC 9112, 3.2). Nothing here parses an address: any text is a path or is none. */

export interface Target {
  /** As it was sent, without the query string; "/" where the address of a proxy has none. */
  readonly path: string;
  /** With the question mark; empty when there is none. */
  readonly search: string;
}

/** "/path?query", or the same behind a scheme and an authority, as proxies are asked. */
export function parseTarget(target: string): Target {
  const own = target.startsWith('/') ? target : withoutAuthority(target);
  const at = own.indexOf('?');
  return at < 0 ? { path: own, search: '' } : { path: own.slice(0, at), search: own.slice(at) };
}

const SCHEMES = ['http://', 'https://'];

function withoutAuthority(target: string): string {
  const start = target.slice(0, 8).toLowerCase();
  const scheme = SCHEMES.find((one) => start.startsWith(one));
  if (scheme === undefined) return target;
  const slash = target.indexOf('/', scheme.length);
  const question = target.indexOf('?', scheme.length);
  if (question >= 0 && (slash < 0 || question < slash)) return `/${target.slice(question)}`;
  return slash < 0 ? '/' : target.slice(slash);
}

/**
 * The path behind the prefix under which a load balancer passes requests on; undefined for one that is not under it.
 * @param base such as "/shop"; empty for none
 */
export function underBase(path: string, base: string): string | undefined {
  if (base === '') return path;
  if (!path.startsWith(base)) return undefined;
  if (path.length === base.length) return '/';
  return path[base.length] === '/' ? path.slice(base.length) : undefined;
}
