/** Calls of DynamoDB as spans, under OpenTelemetry's names: which one and of what table, and neither keys nor items. */
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Span } from '../../tracing/tracer.ts';
import { tableOf } from './call-meter.ts';

/** A command of the document client. */
export interface Command {
  readonly input: object;
}

/** DynamoDB's own names of what the document client calls otherwise. */
const OPERATIONS = new Map<unknown, string>([
  [GetCommand, 'GetItem'],
  [BatchGetCommand, 'BatchGetItem'],
  [QueryCommand, 'Query'],
  [PutCommand, 'PutItem'],
  [TransactWriteCommand, 'TransactWriteItems'],
  [BatchWriteCommand, 'BatchWriteItem'],
]);

/** A call with all of its attempts. @param parent that of the request, or of what is done for several */
export function beginCall(parent: Span, command: Command): Span {
  const operation = OPERATIONS.get(command.constructor) ?? command.constructor.name;
  const table = tableOf(command.input);
  return parent.begin(`${operation} ${table}`, 'client', {
    'db.system.name': 'aws.dynamodb',
    'db.operation.name': operation,
    'db.collection.name': table,
  });
}
