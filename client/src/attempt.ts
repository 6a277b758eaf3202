/** One request, and what its answer means for the intention behind it. */
import type { Fault, ServiceErrorCode } from './types.ts';
import type { TypedDocument } from './typed-document.ts';

export type Answer<Data> =
  | { readonly kind: 'data'; readonly data: Data }
  | {
      /** `again`: there is a point in sending it again. `denied`: not with this token. `final`: no point at all. */
      readonly kind: 'again' | 'denied' | 'final';
      /** Whether it may have been done, or may be yet. */
      readonly open: boolean;
      /** Milliseconds before which the service asks not to be asked again. */
      readonly after: number;
      readonly errors: readonly Fault[];
    };

export interface Sender {
  readonly url: string;
  readonly fetch: typeof globalThis.fetch;
  readonly getToken: (() => Token | Promise<Token>) | undefined;
}
type Token = string | null | undefined;

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions?: { readonly code?: string; readonly changed?: boolean };
  }[];
}

/** The request came to nothing: send it again. */
const NOT_DONE = new Set(['OVERLOADED', 'KEYS_UNAVAILABLE', 'REQUEST_TIMEOUT']);
/** Nobody knows; with its key it can be sent again. */
const OPEN = new Set(['DEADLINE_EXCEEDED', 'OUTCOME_UNKNOWN']);
const DENIED = new Set(['UNAUTHENTICATED', 'FORBIDDEN']);

export async function attempt<Data, Variables>(
  { url, fetch, getToken }: Sender,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  milliseconds: number,
): Promise<Answer<Data>> {
  let response: Response;
  let body: Body<Data>;
  let sent = false;
  try {
    const signal = AbortSignal.timeout(milliseconds);
    const token = getToken && (await Promise.race([getToken(), over(signal)]));
    sent = true;
    response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'content-type': 'application/json',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query: document, variables }),
      signal,
    });
    // Cut in its middle, this fails too.
    const text = await response.text();
    const parsed = parse<Data>(text);
    if (!parsed) return strange(response);
    body = parsed;
  } catch (error) {
    return {
      kind: 'again',
      open: sent,
      after: 0,
      errors: [{ code: 'NO_ANSWER', message: String(error) }],
    };
  }
  return read(response, body);
}

/** A page's own code gives the token, and may never come to an end. */
const over = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

/** Undefined where it is not of the service, whose errors all have a code: gateways speak GraphQL too. */
function parse<Data>(text: string): Body<Data> | undefined {
  try {
    const body = JSON.parse(text) as Body<Data>;
    const { data, errors = [] } = body;
    const isOurs = errors.every(({ extensions }) => typeof extensions?.code === 'string');
    return isOurs && (data || errors.length > 0) ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Something between page and service has answered, or the answer is not whole: whether it was passed on, nobody knows. */
function strange(response: Response): Answer<never> {
  const { status } = response;
  const again = status < 300 || status >= 500 || status === 429 || status === 408;
  return {
    kind: again ? 'again' : status === 401 || status === 403 ? 'denied' : 'final',
    open: again && status !== 429,
    after: retryAfter(response),
    errors: [{ code: 'NOT_THE_SERVICE', message: `HTTP ${status} without an answer of the service` }],
  };
}

function read<Data>(response: Response, { data, errors = [] }: Body<Data>): Answer<Data> {
  // Of a change that was made, only what was asked of its cart failed. What was read is whole, or it would look as if there were no cart.
  const isMade = (data as { change?: unknown } | null)?.change && errors.every(({ path }) => path?.[1]);
  if (data && (isMade || errors.length === 0)) return { kind: 'data', data };
  const codes = errors.map(({ extensions }) => extensions?.code);
  const has = (set: ReadonlySet<unknown>) => codes.some((code) => set.has(code));
  const kind = has(OPEN) || has(NOT_DONE) ? 'again' : has(DENIED) ? 'denied' : 'final';
  const { status } = response;
  // With codes that the service does not have beside these.
  if (kind === 'final' && (status === 429 || status > 501)) return strange(response);
  return {
    kind,
    open: has(OPEN) || status === 504 || errors.some(({ extensions }) => extensions?.changed === true),
    after: retryAfter(response),
    errors: errors.map(({ message }, index) => ({ code: codes[index] as ServiceErrorCode, message })),
  };
}

/** Seconds or a date (RFC 9110, 10.2.3). */
function retryAfter({ headers }: Response): number {
  const value = headers.get('retry-after');
  if (value === null) return 0;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return milliseconds > 0 ? milliseconds : 0;
}
