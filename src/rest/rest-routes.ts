/** The REST routes: paths and methods, on the same operations as GraphQL. */
import { refuseIfAny } from '../cart/cart-error.ts';
import type { z } from 'zod';
import type { ItemAddition } from '../cart/items.ts';
import type { CartOperations, ChangeTerms, CreateInput } from '../changes/cart-operations.ts';
import { checkNote, type Cart } from '../cart/cart.ts';
import type { ChangeOutcome } from '../changes/change.ts';
import { toAttributes } from '../cart/attributes.ts';
import { InputError } from '../cart/input-error.ts';
import {
  cartIdFromKey,
  checkIdempotencyKey,
  parseCartId,
  parseCustomerId,
  parseProductId,
} from '../cart/ids.ts';
import { createCrossSiteCheck } from '../http/cross-site.ts';
import { mediaTypeProblem } from '../http/media-type.ts';
import { jsonResponse, type Handler, type HttpRequest, type HttpResponse } from '../http/messages.ts';
import { parseBody } from './json-body.ts';
import { openApi } from './openapi.ts';
import { parseCartPage } from './page-query.ts';
import { refused, toErrorResponse } from './rest-errors.ts';
import { CheckOut, NewItem, NewShoppingCart, OpenCart } from './shapes.ts';
import { toShoppingCart } from './shopping-cart.ts';
import { writePage } from './write-page.ts';

/** @param id what the path has in the place of its parameter; empty where there is none */
type Action = (request: HttpRequest, id: string) => HttpResponse | Promise<HttpResponse>;

interface Route {
  /** Of its paths; what stands for `{id}` is any text without a slash. */
  readonly pattern: string;
  readonly GET?: Action;
  readonly POST?: Action;
}

export interface RestOptions {
  readonly operations: CartOperations;
  /** Most bytes of a page. */
  readonly responseBytes: number;
  /** Sites whose scripts may call. */
  readonly corsOrigins: readonly string[];
}

const document = jsonResponse(200, openApi);

// eslint-disable-next-line max-lines-per-function -- one action after the other, each short
function createRoutes({ operations, responseBytes }: RestOptions): readonly Route[] {
  async function createCart(request: HttpRequest): Promise<HttpResponse> {
    const cart = toNewCart(parseBody(request.body, NewShoppingCart));
    const terms = toTerms(request);
    if (terms.idempotencyKey !== undefined) cartIdFromKey(terms.idempotencyKey, cart.customerId, KEY);
    const { id } = changed(await operations.createCart(cart, terms));
    const created = jsonResponse(201, { shopping_cart_id: id });
    return { ...created, headers: { ...created.headers, location: `/shopping-carts/${id}` } };
  }

  async function readCart({ viewer, signal }: HttpRequest, id: string): Promise<HttpResponse> {
    const [cart] = await operations.findCarts([parseCartId(id, 'shopping_cart_id')], { viewer, signal });
    return cart ? jsonResponse(200, toShoppingCart(cart)) : refused(404, 'There is no such cart.');
  }

  async function addItem(request: HttpRequest, id: string): Promise<HttpResponse> {
    const cartId = parseCartId(id, 'shopping_cart_id');
    const item = toAddition(parseBody(request.body, NewItem));
    changed(await operations.addItems(cartId, [item], toTerms(request)));
    return { status: 204, headers: {}, body: '' };
  }

  async function checkOut(request: HttpRequest, id: string): Promise<HttpResponse> {
    const cartId = parseCartId(id, 'shopping_cart_id');
    if (request.body !== '') parseBody(request.body, CheckOut);
    const outcome = await operations.checkOut({ cartId, acceptCartPrices: true }, toTerms(request));
    return jsonResponse(200, { order_id: changed(outcome).orderId });
  }

  async function listCarts({ viewer, signal, search }: HttpRequest, id: string): Promise<HttpResponse> {
    const customerId = parseCustomerId(decoded(id, 'customer_id'), 'customer_id');
    const page = await operations.listCarts(customerId, parseCartPage(search), { viewer, signal });
    return { ...jsonResponse(200, null), body: writePage(page, responseBytes) };
  }

  async function openCart(request: HttpRequest, id: string): Promise<HttpResponse> {
    const customerId = parseCustomerId(decoded(id, 'customer_id'), 'customer_id');
    const body = request.body === '' ? {} : parseBody(request.body, OpenCart);
    const { guest_cart_id: guestCartId, strategy = 'SUM' } = body;
    const input = { customerId, strategy, guestCartId: guestCartId?.toLowerCase() };
    return jsonResponse(200, toShoppingCart(changed(await operations.openCart(input, toTerms(request)))));
  }

  return [
    { pattern: '/shopping-carts', POST: createCart },
    { pattern: '/shopping-carts/{id}', GET: readCart },
    { pattern: '/shopping-carts/{id}/items', POST: addItem },
    { pattern: '/shopping-carts/{id}/checkout', POST: checkOut },
    { pattern: '/customers/{id}/shopping-carts', GET: listCarts },
    { pattern: '/customers/{id}/active-cart', POST: openCart },
    { pattern: '/openapi.json', GET: () => document },
  ];
}

/** The handler of a path, if it is one of these. A path with a slash at its end is another path, and not one of these. */
export function createRestRoutes(options: RestOptions): (path: string) => Handler | undefined {
  const isCrossSite = createCrossSiteCheck(options.corsOrigins);
  /** A change must not come from another site's page, nor in a form that such a page can send without asking. */
  function refusePost({ headers, body }: HttpRequest): HttpResponse | undefined {
    if (isCrossSite(headers)) return refused(403, 'A page of another site may not send this.');
    if (body === '' && headers['content-type'] === undefined) return undefined;
    const problem = mediaTypeProblem(headers);
    return problem === undefined ? undefined : refused(415, problem);
  }

  async function answer({ GET, POST }: Route, request: HttpRequest, id: string): Promise<HttpResponse> {
    const isPost = request.method === 'POST';
    const action = isPost ? POST : ['GET', 'HEAD'].includes(request.method) && GET;
    if (!action) {
      const allow = GET ? 'GET, HEAD' : 'POST';
      const response = refused(405, `The method must be one of: ${allow}.`);
      return { ...response, headers: { ...response.headers, allow } };
    }
    try {
      return (isPost && refusePost(request)) || (await action(request, id));
    } catch (error) {
      const response = toErrorResponse(error);
      if (!response) throw error;
      return response;
    }
  }

  const handlers = createRoutes(options).map((route) => {
    const path = pathsOf(route.pattern);
    const handle = (request: HttpRequest) => answer(route, request, path.exec(request.path)?.[1] ?? '');
    return { path, handler: Object.assign(handle, { pattern: route.pattern }) };
  });
  return (path) => handlers.find((one) => one.path.test(path))?.handler;
}

function pathsOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replace('{id}', '([^/]+)')}$`);
}

/** @throws InputError */
function toNewCart({ customer_id, note, attributes = [] }: z.output<typeof NewShoppingCart>): CreateInput {
  if (note != null) checkNote(note, 'note');
  return {
    ...(customer_id != null && { customerId: parseCustomerId(String(customer_id), 'customer_id') }),
    ...(note != null && { note }),
    ...(attributes.length > 0 && { attributes: toAttributes(attributes, 'cart', 'attributes') }),
  };
}

/** @throws InputError */
function toAddition({ product_id, quantity, attributes = [] }: z.output<typeof NewItem>): ItemAddition {
  const productId = parseProductId(String(product_id), 'product_id');
  const said = toAttributes(attributes, 'item', 'attributes');
  return { productId, quantity, ...(said && { attributes: said }) };
}

/** What stands in a path, percent-decoded. @throws InputError */
function decoded(segment: string, argument: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new InputError(argument, 'must be percent-encoded UTF-8', segment);
  }
}

const KEY = 'Idempotency-Key';

/** @throws InputError for a malformed idempotency key */
function toTerms({ viewer, signal, headers }: HttpRequest): ChangeTerms {
  const key = headers['idempotency-key'];
  const idempotencyKey = Array.isArray(key) ? key.join(', ') : key;
  if (idempotencyKey !== undefined) checkIdempotencyKey(idempotencyKey, KEY);
  return { viewer, signal, idempotencyKey };
}

/** The cart as a change left it. @throws CartError when the change was refused */
function changed({ carts: [cart], problems }: ChangeOutcome): Cart {
  refuseIfAny(problems);
  return cart as Cart;
}
