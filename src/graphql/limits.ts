/** Operations that ask for too much are refused before they run. */
import {
  GraphQLError,
  Kind,
  NoFragmentCyclesRule,
  OperationTypeNode,
  TokenKind,
  validate,
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type ValidationRule,
} from 'graphql';
import { graphqlErrorResponse, type HttpResponse } from '../http/messages.ts';
import { createMeasure, SATURATED, type Measures } from './measure-operation.ts';
import { findRepeats, MOST_FRAGMENTS, MOST_REPEATS } from './repeats.ts';

export interface OperationLimits extends Omit<Measures, 'bytes'> {
  /** Of the document, names and punctuation alike. */
  readonly tokens: number;
  /** Of the document, in UTF-8; blanks and comments, too, have to be read. */
  readonly documentBytes: number;
  /** Of an answer. */
  readonly responseBytes: number;
}

/** Characters of an alias or any other name: it can come back in the answer a thousand times. The schema's have up to 40. */
export const LONGEST_NAME = 128;

/** Errors of one document: as many kinds as there are. */
const MOST_ERRORS = 4;

/** Lines of a document for each token that it may have. Places of errors are found by counting lines. */
export const LINES_PER_TOKEN = 2;

const CODE = 'OPERATION_LIMIT_EXCEEDED';

type Limit = keyof Measures | 'documentBytes' | 'lines' | 'nameLength' | 'repeats' | 'fragments';

const NOUNS: Record<Limit, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  rootFields: 'fields at its root',
  fields: 'fields and fragments, counted wherever they are spread',
  cost: 'objects in its answer',
  carts: 'carts to read',
  bytes: 'bytes in its answer, as it changes carts and must not fail after that',
  documentBytes: 'bytes',
  lines: 'lines',
  nameLength: 'characters in a name or alias',
  repeats: 'fields of one name in one place',
  fragments: 'fragments in one place',
};

/** What an error of this kind carries besides its message. */
export interface ExceededLimit {
  readonly name: Limit;
  readonly limit: number;
  readonly actual: number;
}

function exceeded({ name, limit, actual }: ExceededLimit, node?: ASTNode): GraphQLError {
  const given = Number.isSafeInteger(actual) ? actual : 'far more';
  return new GraphQLError(`${subject(node)} may have at most ${limit} ${NOUNS[name]}, but has ${given}.`, {
    ...(node && { nodes: node }),
    extensions: {
      code: CODE,
      exceeded: { name, limit, actual },
      http: { status: 400 },
    },
  });
}

function subject(node: ASTNode | undefined): string {
  if (node?.kind !== Kind.OPERATION_DEFINITION) return 'The document';
  // A name that is too long is an error of its own.
  const name = node.name?.value.slice(0, LONGEST_NAME);
  return name === undefined ? 'The operation' : `Operation "${name}"`;
}

/** Refuses a text that is too long to be parsed; the other limits are checked once it is. @param text of any type */
export function checkDocumentSize(text: unknown, limits: OperationLimits): HttpResponse | undefined {
  const error = typeof text === 'string' ? checkBytes(text, limits) : undefined;
  return error && graphqlErrorResponse({ status: 400, code: CODE, message: error.message });
}

function checkBytes(text: string, { documentBytes: limit }: OperationLimits): GraphQLError | undefined {
  // A character has at most three bytes: most texts need not be counted.
  if (text.length * 3 <= limit) return undefined;
  const actual = Buffer.byteLength(text);
  return actual > limit ? exceeded({ name: 'documentBytes', limit, actual }) : undefined;
}

/**
 * Checks what the document alone decides: once for each document, since Apollo keeps those that are valid. All rules are made
 * before the first of them looks at the document, so this is the first of all; and what is refused here is emptied, so that
 * none of graphql's own rules, which can take far longer than the document is long, finds anything in it.
 */
export function createLimitsRule(limits: OperationLimits): ValidationRule {
  return (context) => {
    const document = context.getDocument();
    const errors = documentErrors(context.getSchema(), document, limits);
    for (const error of errors.slice(0, MOST_ERRORS)) context.reportError(error);
    if (errors.length > 0) Object.assign(document, { definitions: [] });
    return {};
  };
}

function documentErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  limits: OperationLimits,
): readonly GraphQLError[] {
  const text = checkText(document, limits);
  if (text) return [text];
  const measure = createMeasure({ schema, document });
  const errors = document.definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    const measures = measure(operation);
    return (['depth', 'aliases', 'rootFields', 'fields'] as const).flatMap((name) => {
      const { [name]: actual } = measures;
      const { [name]: limit } = limits;
      return actual > limit ? [exceeded({ name, limit, actual }, operation)] : [];
    });
  });
  return errors.length > 0 ? errors : repeatErrors(schema, document, limits);
}

/** How many times the fields of one operation all operations of a document may have together. */
const OPERATIONS = 10;

function repeatErrors(
  schema: GraphQLSchema,
  document: DocumentNode,
  { fields }: OperationLimits,
): readonly GraphQLError[] {
  const most = fields * OPERATIONS;
  const found = findRepeats(document, most);
  if (!found) return [];
  if (found.kind !== 'endless') {
    const [name, limit] =
      found.kind === 'fields'
        ? (['repeats', MOST_REPEATS] as const)
        : (['fragments', MOST_FRAGMENTS] as const);
    return [exceeded({ name, limit, actual: found.count }, found.node)];
  }
  const cycles = validate(schema, document, [NoFragmentCyclesRule]);
  return cycles.length > 0 ? cycles : [exceeded({ name: 'fields', limit: most, actual: SATURATED })];
}

/** Checks the text of a parsed document. */
function checkText({ loc }: DocumentNode, limits: OperationLimits): GraphQLError | undefined {
  if (!loc) return undefined;
  const lines = countLines(loc.source.body);
  const most = limits.tokens * LINES_PER_TOKEN;
  if (lines > most) return exceeded({ name: 'lines', limit: most, actual: lines });
  let longest = 0;
  for (let token = loc.startToken.next; token; token = token.next) {
    if (token.kind === TokenKind.NAME) longest = Math.max(longest, token.end - token.start);
  }
  if (longest <= LONGEST_NAME) return checkBytes(loc.source.body, limits);
  return exceeded({ name: 'nameLength', limit: LONGEST_NAME, actual: longest });
}

function countLines(text: string): number {
  let lines = 1;
  for (const end of ['\n', '\r']) {
    for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) {
      if (end === '\r' || text[at - 1] !== '\r') lines += 1;
    }
  }
  return lines;
}

/**
 * Checks what variables may decide. An operation that is small enough with the longest pages is measured only once, unless it
 * reads many carts.
 * @returns the number of carts that the operation reads; 0 for a few, which need not be counted
 * @throws GraphQLError
 */
export type CheckCost = (
  operation: OperationDefinitionNode,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
) => number;

/** So few carts that {@link CheckCost} does not count them: what one request for single carts may have anyhow. */
const FEW_CARTS = 5;

export function createCostCheck(schema: GraphQLSchema, limits: OperationLimits): CheckCost {
  /** Operations of which no variables can make too much, nor many carts. */
  const harmless = new WeakSet<OperationDefinitionNode>();

  return (operation, document, variables) => {
    if (harmless.has(operation)) return 0;
    const most = createMeasure({ schema, document })(operation);
    if (most.carts <= FEW_CARTS && !firstExceeded(most, operation, limits)) {
      harmless.add(operation);
      return 0;
    }
    const given = { ...defaultsOf(operation), ...variables };
    const measures = createMeasure({ schema, document, variables: given })(operation);
    const limit = firstExceeded(measures, operation, limits);
    if (limit) throw exceeded(limit, operation);
    return measures.carts <= FEW_CARTS ? 0 : measures.carts;
  };
}

/** An answer that only reads is counted as it is written; one that tells of changes has to be small enough at worst. */
function firstExceeded(
  { cost, carts, bytes }: Measures,
  { operation }: OperationDefinitionNode,
  limits: OperationLimits,
): ExceededLimit | undefined {
  if (cost > limits.cost) return { name: 'cost', limit: limits.cost, actual: cost };
  if (carts > limits.carts) return { name: 'carts', limit: limits.carts, actual: carts };
  const limit = limits.responseBytes;
  return operation === OperationTypeNode.MUTATION && bytes > limit
    ? { name: 'bytes', limit, actual: bytes }
    : undefined;
}

/** The literal defaults of an operation's variables. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
}
