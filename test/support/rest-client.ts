import { checkAnswer, type RestAnswer } from './openapi-answers.ts';

export interface RestRequest {
  /** Sent as JSON, unless it is text, which goes as it stands. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export type RestClient = ReturnType<typeof createRestClient>;

/**
 * Sends REST requests and holds every answer against the OpenAPI document.
 * @param seen gets the name of each documented answer that came
 */
export function createRestClient(url: string, seen = new Set<string>()) {
  return async (
    method: string,
    path: string,
    { body, headers = {} }: RestRequest = {},
  ): Promise<RestAnswer> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const answer: RestAnswer = {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    for (const name of checkAnswer(method, path.split('?', 1)[0] ?? '', answer)) seen.add(name);
    return answer;
  };
}

/** Creates a cart with these items, given as product id and quantity. @returns its id */
export async function createRestCart(
  send: RestClient,
  body: object = {},
  items: readonly (readonly [product: number, quantity: number])[] = [],
): Promise<string> {
  const created = await send('POST', '/shopping-carts', { body });
  const { shopping_cart_id: id } = created.body as { shopping_cart_id: string };
  for (const [product_id, quantity] of items) {
    const added = await send('POST', `/shopping-carts/${id}/items`, { body: { product_id, quantity } });
    if (added.status !== 204) throw new Error(added.text);
  }
  return id;
}
