/** One operation sent, and what came back, for people to read. */

export interface Answer {
  /** JSON with line breaks. */
  readonly text: string;
  /** Status, duration and size: "200 · 12 ms · 1.2 KB". */
  readonly note: string;
  readonly data: unknown;
  /** Whether it was refused for who asked: another token may help. */
  readonly denied: boolean;
}

export interface Operation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

export const ACCEPT = 'application/graphql-response+json, application/json';

/** @returns never a failure: what cannot be sent or understood is shown as GraphQL shows errors */
export async function ask(endpoint: string, token: string, operation: Operation): Promise<Answer> {
  const started = performance.now();
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        accept: ACCEPT,
        'content-type': 'application/json',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(operation),
    });
    const text = await response.text();
    if (!(response.headers.get('content-type') ?? '').includes('json')) {
      throw new Error(`${endpoint} answered ${response.status}, not JSON: ${text.slice(0, 500)}`);
    }
    const duration = Math.round(performance.now() - started);
    return readAnswer(text, `${response.status} · ${duration} ms · ${inKilobytes(text)}`);
  } catch (error) {
    return failure((error as Error).message);
  }
}

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

function readAnswer(text: string, note: string): Answer {
  const result = JSON.parse(text) as Result;
  const denied = (result.errors ?? []).some(({ extensions }) =>
    ['FORBIDDEN', 'UNAUTHENTICATED'].includes(extensions?.code ?? ''),
  );
  return { text: JSON.stringify(result, null, 2), note, data: result.data, denied };
}

/** Something that went wrong before there was an answer. */
export function failure(message: string): Answer {
  const text = JSON.stringify({ errors: [{ message }] }, null, 2);
  return { text, note: 'not answered', data: undefined, denied: false };
}

function inKilobytes(text: string): string {
  return `${(new TextEncoder().encode(text).length / 1024).toFixed(1)} KB`;
}

/** The operation as a command for a shell. A token in it would end up in the shell's history: it is named, not shown. */
export function asCurl(address: string, token: string, operation: Operation): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  return [
    `curl ${quote(address)}`,
    `-H ${quote('content-type: application/json')}`,
    ...(token === '' ? [] : ['-H "authorization: Bearer $TOKEN"']),
    `-d ${quote(JSON.stringify(operation))}`,
  ].join(' \\\n  ');
}
