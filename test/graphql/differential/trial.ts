/** A document and its requests, executed by graphql-js and by ours. */
import { Kind, parse, validate, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { answerOf, type Answer } from './answer.ts';
import { boundsFor, brokenBound } from './bounds.ts';
import { differenceOf } from './compare.ts';
import { compileReference, type Compile } from './reference.ts';
import type { Rejections } from './rejections.ts';
import type { Subject } from './subject.ts';
import type { Request, Trial } from './write-document.ts';

export interface Difference {
  readonly trial: Trial;
  readonly request: Request;
  readonly difference: string;
}

/** What is compared with graphql-js, and on which schema. */
export interface Parties {
  readonly subject: Subject;
  readonly compile: Compile;
  readonly rejections: Rejections;
  /** Whether it keeps to bounds, which graphql-js does not know. */
  readonly bounded?: boolean;
}

/** Told of every pair of answers. */
export type Watch = (expected: Answer, request: Request) => void;

/** @returns the first difference, or undefined when there is none */
export async function tryOut(parties: Parties, trial: Trial, watch?: Watch): Promise<Difference | undefined> {
  const { schema } = parties.subject;
  const document = parse(trial.document);
  const compiled = new Map<OperationDefinitionNode, ReturnType<Compile>>();
  for (const request of trial.requests) {
    const operation = operationOf(document, request.operationName);
    if (!operation) continue;
    const ours = compiled.get(operation) ?? whenRun(() => parties.compile(schema, document, operation));
    compiled.set(operation, ours);
    const theirs = compileReference(schema, document, operation);
    const expected = await answerOf(theirs, parties.subject.begin(request), request.variables);
    watch?.(expected, request);
    const isExact = !/odd/i.test(trial.document);
    const difference = await differenceTo(expected, ours, parties, request, isExact);
    if (difference !== undefined) return { trial: { ...trial, requests: [request] }, request, difference };
  }
  return undefined;
}

/** A fragment within itself, which validation refuses: how deep either executor gets is for the stack to say. */
const isOverflow = ({ text }: Answer['errors'][number]): boolean =>
  text.includes('Maximum call stack size exceeded');

/** An operation that cannot be made is one that throws. */
function whenRun(compile: () => ReturnType<Compile>): ReturnType<Compile> {
  let made: ReturnType<Compile> | undefined;
  return (request) => (made ??= compile())(request);
}

async function differenceTo(
  expected: Answer,
  ours: ReturnType<Compile>,
  { subject, rejections, bounded }: Parties,
  request: Request,
  isExact: boolean,
): Promise<string | undefined> {
  if (expected.errors.some(isOverflow)) return undefined;
  rejections.take();
  const actual = await answerOf(ours, subject.begin(request), request.variables);
  const difference = differenceOf(expected, actual, request.timing);
  if (difference !== undefined) return difference;
  for (const bounds of bounded ? boundsFor(actual, request.seed) : []) {
    const within = await answerOf(ours, subject.begin(request), request.variables, bounds);
    const broken = brokenBound(actual, within, bounds, request.timing, isExact);
    if (broken !== undefined) return broken;
  }
  return unhandled(rejections.take());
}

/** The one that graphql-js would choose: of several with one name the last. Undefined where it would choose none. */
function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (name === undefined) return operations.length === 1 ? operations[0] : undefined;
  return operations.findLast((operation) => operation.name?.value === name);
}

export function isValid({ schema }: Subject, { document }: Trial): boolean {
  return validate(schema, parse(document)).length === 0;
}

function unhandled(reasons: readonly unknown[]): string | undefined {
  return reasons.length === 0 ? undefined : `left a rejection that nobody handles: ${String(reasons[0])}`;
}
