/**
 * The calls of the hot paths with little of the SDK around them. Its pipeline costs a put three times what marshalling, signing and
 * HTTP do: some twenty steps are put in order anew for each call, most of them to find out what never changes. Here that is found
 * once, by the SDK itself (see request-template.ts), and for each call run those of its steps that matter, as they are: its
 * attempts, its signing with the correction of the clock, its handler, its errors.
 */
import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { httpSigningMiddleware } from '@smithy/core';
import { HttpRequest } from '@smithy/core/protocols';
import { retryMiddleware } from '@smithy/core/retry';
import type {
  FinalizeHandler,
  HandlerExecutionContext,
  HttpHandlerOptions,
  MetadataBearer,
} from '@smithy/types';
import type { AttemptFailed } from './attempts.ts';
import { tableOf, type CallMeter, type Input } from './call-meter.ts';
import { leanOperations, type Answer, type LeanCommand, type LeanOperation } from './lean-operations.ts';
import { createReadAnswer } from './read-answer.ts';
import { createTemplates, type RequestTemplate } from './request-template.ts';
import { noteFailedRequest } from './unanswered.ts';

export interface LeanCallsOptions {
  readonly failed: AttemptFailed;
  /** Absent: nothing is measured. */
  readonly measured: CallMeter | undefined;
}

/** An attempt, or all of them. */
type Attempt = FinalizeHandler<object, MetadataBearer>;

/** Makes the client send the commands of lean-operations.ts in the lean way, and all others as before. */
export function sendLean(documents: DynamoDBDocumentClient, { failed, measured }: LeanCallsOptions): void {
  const sendBySDK = documents.send.bind(documents) as (...sent: unknown[]) => unknown;
  const templates = createTemplates(documents);
  const attempts = createAttempts(documents.config, failed);

  const sendInput = async (
    operation: LeanOperation,
    input: Input,
    options: HttpHandlerOptions | undefined,
  ): Promise<MetadataBearer> => {
    const template = await templates(operation, tableOf(input));
    const request = requestOf(template, JSON.stringify(operation.toWire(input as never)));
    const context = contextOf(template, options?.abortSignal);
    try {
      const { output } = await attempts(operation, context, options)({ input, request });
      return output;
    } catch (error) {
      noteFailedRequest(context, error);
      throw error;
    }
  };

  const send = (command: LeanCommand, options?: HttpHandlerOptions, callback?: unknown): unknown => {
    const operation = leanOperations.get(command.constructor);
    if (!operation || callback || typeof options === 'function') {
      return sendBySDK(command, options, callback);
    }
    const sendGiven = (input: Input) => sendInput(operation, input, options);
    const input = command.input as Input;
    return measured ? measured(operation.name, input, sendGiven, (output) => output) : sendGiven(input);
  };
  documents.send = send as typeof documents.send;
}

/** The steps of the SDK, in its order, from its loop of attempts on. */
function createAttempts(config: DynamoDBClientResolvedConfig, failed: AttemptFailed) {
  const retried = retryMiddleware(config);
  const signed = httpSigningMiddleware<object, MetadataBearer>(config);
  const read = createReadAnswer(config);

  return (
    operation: LeanOperation,
    context: HandlerExecutionContext,
    options?: HttpHandlerOptions,
  ): Attempt => {
    const answered = read(
      ({ request }) => config.requestHandler.handle(request as HttpRequest, options) as never,
      context,
    );
    const watched: Attempt = async (args) => {
      try {
        const result = (await answered(args)) as Awaited<ReturnType<Attempt>>;
        operation.fromWire(result.output as Answer);
        return result;
      } catch (error) {
        failed(context, args.input, error);
        throw error;
      }
    };
    return retried(signed(watched, context), context) as Attempt;
  };
}

function requestOf({ request }: RequestTemplate, body: string): HttpRequest {
  const headers = { ...request.headers, 'content-length': String(Buffer.byteLength(body)) };
  return new HttpRequest({ ...request, headers, body });
}

/** A context of this call's own: its attempts are known by it, and signing leaves marks in it. */
function contextOf(
  { context, selected }: RequestTemplate,
  abortSignal: HttpHandlerOptions['abortSignal'],
): HandlerExecutionContext {
  const { httpAuthOption } = selected;
  const signingProperties = { ...httpAuthOption.signingProperties };
  return {
    ...context,
    __smithy_context: {
      ...context.__smithy_context,
      ...(abortSignal && { abortSignal }),
      selectedHttpAuthScheme: { ...selected, httpAuthOption: { ...httpAuthOption, signingProperties } },
    },
  };
}
