/**
 * Requests that a browser sends for a page of another site without asking first: forms, beacons, `fetch` with `no-cors`. A
 * POST without a body needs no Content-Type that would make the browser ask, so its headers must say where it comes from.
 */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page that may not call. Browsers say so in `Sec-Fetch-Site`, over plain HTTP and when they
 * are old in `Origin` alone; who sends neither is no browser. These are the rules of Go's CrossOriginProtection.
 * @param origins sites that may call, exactly as browsers send them
 */
export function createCrossSiteCheck(origins: readonly string[]): (headers: IncomingHttpHeaders) => boolean {
  const allowed = new Set(origins);
  return ({ origin, host, 'sec-fetch-site': site }) => {
    if (origin !== undefined && allowed.has(origin)) return false;
    if (site !== undefined) return site !== 'same-origin' && site !== 'none';
    return origin !== undefined && hostOf(origin) !== host?.toLowerCase();
  };
}

/** Undefined for `null`, which pages without an address of their own send. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
