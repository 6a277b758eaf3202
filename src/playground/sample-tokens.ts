/** Tokens of sample people, given to whoever is at this machine: for development alone. */
import type { HttpResponse, PageHandler, PageRequest } from '../http/messages.ts';

export interface SampleTokens {
  /** Ids that the page offers; a token can be had of any other customer too. */
  readonly customers: readonly string[];
  /** A signed token of the customer, of staff without one; undefined for what is no customer's id. */
  issue(customerId?: string): Promise<string | undefined>;
}

const STAFF = 'staff';
const CUSTOMERS = 'customers/';

/** A page of another site that a name of its own leads to this machine would be asked for under that name (DNS rebinding). */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** @returns the handler of `staff` and of `customers/<id, percent-encoded>`; undefined for other paths */
export function createTokenPages(tokens: SampleTokens): (path: string) => PageHandler | undefined {
  return (path) => {
    if (path === STAFF) return (request) => give(request, tokens.issue());
    const customerId = path.startsWith(CUSTOMERS) ? decode(path.slice(CUSTOMERS.length)) : undefined;
    return customerId === undefined ? undefined : (request) => give(request, tokens.issue(customerId));
  };
}

async function give({ headers }: PageRequest, token: Promise<string | undefined>): Promise<HttpResponse> {
  const { host = '', 'sec-fetch-site': site = 'none' } = headers;
  const local = LOCAL.test(host) && ['same-origin', 'none'].includes(site);
  const issued = await token;
  if (!local) return message(403, 'Tokens are given to pages of this machine only.');
  if (issued === undefined) return message(400, 'This is not the id of a customer.');
  return json(200, { token: issued });
}

const message = (status: number, text: string) => json(status, { message: text });

function json(status: number, value: unknown): HttpResponse {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: JSON.stringify(value) };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
