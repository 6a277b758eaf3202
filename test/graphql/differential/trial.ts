/** A document and its requests, executed by graphql-js and by ours. */
import { Kind, parse, validate, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { answerOf, type Answer } from './answer.ts';
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
}

/** Told of every pair of answers. */
export type Watch = (expected: Answer, request: Request) => void;

/** @returns the first difference, or undefined when there is none */
export async function tryOut(
  { subject, compile, rejections }: Parties,
  trial: Trial,
  watch?: Watch,
): Promise<Difference | undefined> {
  const document = parse(trial.document);
  const compiled = new Map<OperationDefinitionNode, ReturnType<Compile>>();
  for (const request of trial.requests) {
    const operation = operationOf(document, request.operationName);
    if (!operation) continue;
    let ours = compiled.get(operation);
    if (!ours) compiled.set(operation, (ours = compile(subject.schema, document, operation)));
    const theirs = compileReference(subject.schema, document, operation);
    const expected = await answerOf(theirs, subject.begin(request), request.variables);
    rejections.take();
    const actual = await answerOf(ours, subject.begin(request), request.variables);
    watch?.(expected, request);
    const difference = differenceOf(expected, actual, request.timing) ?? unhandled(rejections.take());
    if (difference !== undefined) return { trial: { ...trial, requests: [request] }, request, difference };
  }
  return undefined;
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
