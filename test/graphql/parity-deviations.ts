/** Where the endpoint means to differ from stock Apollo, and why; whatever is not here must be equal. */
import type { Reply } from '../support/parity-request.ts';
import { CALLBACK } from './parity-requests.ts';

export interface Deviation {
  readonly reason: string;
  /** Of operations and requests. */
  readonly names: readonly string[];
  /** What the endpoint says where stock says this. */
  readonly from: (stock: Reply) => Reply;
}

const refusal = (status: number, code: string, message: string) => (stock: Reply) => ({
  ...stock,
  status,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
});

const faults = ['unfitting variables', 'an invalid document', 'a syntax error'];

const deviations: readonly Deviation[] = [
  {
    reason:
      'GraphQL over HTTP, 6.4.1: an answer of type application/json to a request that is well-formed has status 200, also where the operation cannot be parsed, is invalid or has variables that do not fit.',
    names: [
      'a missing variable',
      'a variable of the wrong type',
      'null for a variable that must not be',
      'an input with unknown and missing fields',
      'a refused scalar',
      'a syntax error',
      'a query of blanks',
      'an unknown field',
      'an unused variable',
      'fields in conflict',
      'several faults in a document',
      'introspection, which is off',
      'GET with a syntax error',
      'a persisted query with an invalid text',
      ...[
        'application/json',
        '*/*',
        'application/*',
        'application/json; charset=utf-8',
        'application/json, application/graphql-response+json;q=0.9',
        'multipart/mixed, application/json',
      ].flatMap((accept) => faults.map((fault) => `accept ${accept}, ${fault}`)),
    ],
    from: (stock) => ({ ...stock, status: 200 }),
  },
  {
    reason: 'There are no subscriptions that could call back.',
    names: ['', ', a failing resolver', ...faults.map((fault) => `, ${fault}`)].map(
      (kind) => `accept ${CALLBACK}${kind}`,
    ),
    from: (stock) => ({ ...stock, contentType: 'application/graphql-response+json; charset=utf-8' }),
  },
  {
    reason: 'A type that cannot be given is refused before anything runs; stock has made the change by then.',
    names: [
      'accept text/html',
      'accept text/html, a failing resolver',
      ...faults.map((fault) => `accept text/html, ${fault}`),
    ],
    from: refusal(
      406,
      'NOT_ACCEPTABLE',
      'The accept header must allow application/graphql-response+json or application/json.',
    ),
  },
  ...[
    { names: ['another charset'], given: 'was "application/json; charset=latin1"' },
    { names: ['content-type text/plain'], given: 'was "text/plain"' },
    { names: ['no content-type', 'no content-type, with a preflight'], given: 'was not given' },
  ].map(({ names, given }) => ({
    reason:
      'A body that is not JSON in UTF-8 is refused with 415, which says more than 400 and keeps out forged requests of browsers as well; stock reads other encodings and answers a page of HTML where it cannot.',
    names,
    from: refusal(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `The Content-Type must be application/json in UTF-8, but ${given}.`,
    ),
  })),
  {
    reason: 'Another method has a code of its own.',
    names: ['PUT'],
    from: refusal(405, 'METHOD_NOT_ALLOWED', 'The method must be GET or POST.'),
  },
  {
    reason: 'The parser of stock answers a page of HTML with its stack.',
    names: ['a body that is no JSON'],
    from: refusal(400, 'BAD_REQUEST', 'The body is not valid JSON.'),
  },
  {
    reason: 'The same, for JSON that is no object: Apollo itself answers it, where it is given the body.',
    names: ['a body that is a text', 'a body that is null'],
    from: (stock) => {
      const message = 'POST body missing, invalid Content-Type, or JSON object has no keys.';
      const reply = refusal(400, 'BAD_REQUEST', message)(stock);
      return { ...reply, body: `${reply.body}\n` };
    },
  },
];

export function deviationOf(name: string): Deviation | undefined {
  return deviations.find(({ names }) => names.includes(name));
}

/** Each of them must be a question that is asked. */
export const deviating = deviations.flatMap(({ names }) => names);

/** No cache may keep an answer, whatever kind it is of; stock says so only of those that were executed. */
export function uncached(stock: Reply): Reply {
  return { ...stock, cacheControl: stock.cacheControl ?? 'no-store' };
}
