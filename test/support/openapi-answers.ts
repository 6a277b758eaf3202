/** Real answers, held against the OpenAPI document. */
import addFormats from 'ajv-formats';
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import { openApi } from '../../src/rest/openapi.ts';

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the text says as JSON; undefined when it is empty. */
  readonly body: unknown;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Partial<Record<string, { content?: object; headers?: object }>>;
}

const paths = openApi.paths as unknown as Record<string, Partial<Record<string, Operation>>>;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(closed(openApi) as AnySchema, 'openapi');

/** Every answer that the document lists, as `operationId status`. */
export const documentedAnswers: readonly string[] = Object.values(paths).flatMap((item) =>
  (['get', 'post'] as const).flatMap((method) => {
    const operation = item[method];
    return Object.keys(operation?.responses ?? {}).map((status) => `${operation?.operationId} ${status}`);
  }),
);

/**
 * The names of the documented answer that this is: one, or for a method that a path does not have those of all it has. An
 * error of a path or method that the document does not have must still be in the form of an error.
 * @throws Error when the answer is not as documented
 */
export function checkAnswer(method: string, path: string, answer: RestAnswer): string[] {
  const template = Object.keys(paths).find((template) => pathPattern(template).test(path)) ?? '';
  const { get, post } = paths[template] ?? {};
  const asked = { GET: get, HEAD: get, POST: post }[method];
  const operations = asked
    ? [asked]
    : answer.status === 405
      ? [get, post].filter((one) => one !== undefined)
      : [];
  if (operations.length === 0) {
    if (![404, 405].includes(answer.status)) throw new Error(`${method} ${path} is not documented`);
    checkBody(`${method} ${path}`, answer, ERROR);
  }
  return operations.map((operation) => {
    const verb = operation === get ? 'get' : 'post';
    return checkOperation(operation, schemaOf(template, verb, answer), answer, method === 'HEAD');
  });
}

function checkOperation(
  { operationId, responses }: Operation,
  schema: string,
  answer: RestAnswer,
  isHead: boolean,
): string {
  const named = `${operationId} ${answer.status}`;
  const documented = responses[answer.status];
  if (!documented) throw new Error(`${named} is not documented: ${answer.text}`);
  for (const header of Object.keys(documented.headers ?? {})) {
    if (!answer.headers.has(header)) throw new Error(`${named} has no header ${header}`);
  }
  if (isHead) return named;
  if (documented.content) checkBody(named, answer, schema);
  else if (answer.text !== '') throw new Error(`${named} has a body`);
  return named;
}

const ERROR = 'openapi#/components/schemas/Error';

/** Where the document has the schema of an answer's body. */
function schemaOf(template: string, verb: string, { status }: RestAnswer): string {
  const at = ['paths', template, verb, 'responses', String(status)];
  const pointer = [...at, 'content', 'application/json', 'schema'];
  return `openapi#/${pointer.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')}`;
}

function checkBody(named: string, { text, body, headers }: RestAnswer, schema: string): void {
  if (headers.get('content-type') !== 'application/json; charset=utf-8') {
    throw new Error(`${named} is not JSON`);
  }
  const validate = compiled(schema);
  if (!validate(body)) throw new Error(`${named} is ${text}, but ${ajv.errorsText(validate.errors)}`);
}

const validators = new Map<string, ValidateFunction>();

function compiled($ref: string): ValidateFunction {
  const validator = validators.get($ref) ?? ajv.compile({ $ref });
  validators.set($ref, validator);
  return validator;
}

function pathPattern(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** The document with no further properties allowed where it lists some: what is not documented must not be answered. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([key, value]) => [key, closed(value)] as const);
  const copy = Object.fromEntries(entries);
  return 'properties' in node && 'type' in node ? { ...copy, additionalProperties: false } : copy;
}
