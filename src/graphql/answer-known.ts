/**
 * The short way to an answer: of a request whose document Apollo has found valid before, and whose operation is admitted and runs
 * without an error. All others are Apollo's: it parses and validates what is new, says what is wrong with a request, and formats
 * errors; of an operation that was refused or has run here it learns what came of it, and none is run twice.
 *
 * Apollo's own way through an operation takes some 30 µs (plugins, persisted queries, HTTP heads, a promise for each step), as much as
 * everything else that is done for a read besides HTTP and the database.
 */
import { getOperationAST } from 'graphql';
import type { HttpResponse } from '../http/messages.ts';
import type { AdmitOperation, Asked } from './admit-operation.ts';
import type { Context } from './context.ts';
import type { KnownDocuments } from './known-documents.ts';
import { bodyOf, dataOf, type Operations } from './operations.ts';

export interface KnownAnswersOptions {
  readonly documents: Pick<KnownDocuments, 'find'>;
  readonly admit: AdmitOperation;
  readonly run: Operations['run'];
}

/**
 * @param body that of a POST, parsed
 * @param type the media type of an answer without errors
 * @returns undefined where the answer is Apollo's, which `context` then tells what has come of the operation
 */
export type AnswerKnown = (
  body: unknown,
  type: string,
  context: Context,
) => Promise<HttpResponse | undefined>;

export function createKnownAnswers({ documents, admit, run }: KnownAnswersOptions): AnswerKnown {
  return async (body, type, context) => {
    const asked = readKnown(body, documents);
    const operation = asked?.operation;
    if (!operation) return undefined;
    const { state } = context;
    try {
      const room = admit(asked, context);
      if (room) await room;
    } catch (error) {
      state.refused = error as Error;
      return undefined;
    }
    state.outcome = await run({ ...asked, operation }, context);
    const data = dataOf(state.outcome);
    if (data === undefined) return undefined;
    return { status: 200, headers: headersOf(type), body: bodyOf(data), operation: state.operation };
  };
}

/** Undefined for what is no request, asks for a document that is not known, or for one by its hash. */
function readKnown(body: unknown, documents: Pick<KnownDocuments, 'find'>): Asked | undefined {
  if (!isRecord(body)) return undefined;
  const { query, operationName: name, variables, extensions } = body;
  if (typeof query !== 'string' || (!isNone(name) && typeof name !== 'string')) return undefined;
  if (!isNone(variables) && !isRecord(variables)) return undefined;
  if (!isNone(extensions) && !(isRecord(extensions) && isNone(extensions['persistedQuery'])))
    return undefined;
  const document = documents.find(query);
  if (!document) return undefined;
  const operation = getOperationAST(document, name) ?? undefined;
  return { document, operation, variables: variables ?? undefined };
}

function isNone(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const headers = new Map<string, HttpResponse['headers']>();

/** The same object for each type, of which there are two. */
function headersOf(type: string): HttpResponse['headers'] {
  const known = headers.get(type) ?? { 'content-type': type };
  headers.set(type, known);
  return known;
}
