/** What is the same in all requests of one kind: made once, by the SDK itself, and kept. */
import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpRequest } from '@smithy/core/protocols';
import type {
  FinalizeRequestMiddleware,
  HandlerExecutionContext,
  MetadataBearer,
  SelectedHttpAuthScheme,
} from '@smithy/types';
import type { LeanCommand, LeanOperation } from './lean-operations.ts';

export type RequestHead = Pick<
  HttpRequest,
  | 'protocol'
  | 'hostname'
  | 'port'
  | 'method'
  | 'path'
  | 'query'
  | 'headers'
  | 'username'
  | 'password'
  | 'fragment'
>;

export interface RequestTemplate {
  /** Without a body: the endpoint that the SDK chose, and in its headers the operation and the user agent. */
  readonly request: RequestHead;
  /** What the SDK's steps need to know of a call. */
  readonly context: HandlerExecutionContext;
  /** How to sign, and with whose keys. */
  readonly selected: SelectedHttpAuthScheme;
}

/** Most templates that are kept. A service has two tables and four kinds of requests. */
const MOST = 100;

/** A template with the credentials it was made for, or its making, which all wait for who come meanwhile. */
interface Kept {
  readonly identity: unknown;
  template: RequestTemplate | Promise<RequestTemplate>;
}

/**
 * The template of an operation on a table. It is made anew when the credentials have changed: the account's own endpoint hangs on
 * them, and what the user agent tells.
 */
export function createTemplates(documents: DynamoDBDocumentClient) {
  const { credentials } = documents.config;
  const templates = new Map<string, Kept>();
  return async ({ name, bare }: LeanOperation, table: string): Promise<RequestTemplate> => {
    const key = `${name} ${table}`;
    const identity = await credentials();
    const found = templates.get(key);
    if (found?.identity === identity) return found.template;
    const kept: Kept = { identity, template: makeTemplate(documents, bare(table)) };
    if (templates.size >= MOST) templates.clear();
    templates.set(key, kept);
    try {
      return (kept.template = await kept.template);
    } catch (error) {
      if (templates.get(key) === kept) templates.delete(key);
      throw error;
    }
  };
}

/** Lets the SDK make its request, up to where its attempts begin. */
async function makeTemplate(
  documents: DynamoDBDocumentClient,
  command: LeanCommand,
): Promise<RequestTemplate> {
  const stack = documents.middlewareStack.clone();
  stack.remove('measureCalls');
  let request: unknown;
  let context: HandlerExecutionContext = {};
  const take: FinalizeRequestMiddleware<object, MetadataBearer> = (_, made) => (args) => {
    ({ request } = args);
    context = made;
    return Promise.resolve({ response: undefined, output: { $metadata: {} } });
  };
  stack.addRelativeTo(take, {
    name: 'takeTemplate',
    relation: 'before',
    toMiddleware: 'retryMiddleware',
  });
  await command.resolveMiddleware(stack, documents.config, {})(command as never);
  return keep(documents.config, request as RequestHead, context);
}

/** What is looked at again for each call, and no more. */
async function keep(
  config: DynamoDBClientResolvedConfig,
  request: RequestHead,
  { logger, endpointV2, authSchemes, __smithy_context }: HandlerExecutionContext,
): Promise<RequestTemplate> {
  const { operationSchema, selectedHttpAuthScheme: selected } = __smithy_context ?? {};
  if (!selected) throw new Error('The SDK chose no way to sign');
  const known = { logger, endpointV2, authSchemes } as HandlerExecutionContext;
  const signingProperties = {
    ...selected.httpAuthOption.signingProperties,
    context: known,
    config: await signingConfig(config, known),
  };
  return {
    request: headOf(request),
    context: { ...known, __smithy_context: { operationSchema } },
    selected: { ...selected, httpAuthOption: { ...selected.httpAuthOption, signingProperties } },
  };
}

/** What signing looks at of the client's configuration. It would make a signer for each request; one is enough. */
async function signingConfig(config: DynamoDBClientResolvedConfig, { authSchemes }: HandlerExecutionContext) {
  const signer = await config.signer(authSchemes?.[0]);
  return {
    signer: () => Promise.resolve(signer),
    disableClockSkewCorrection: config.disableClockSkewCorrection,
    get systemClockOffset() {
      return config.systemClockOffset;
    },
    set systemClockOffset(offset) {
      config.systemClockOffset = offset;
    },
  };
}

function headOf(request: RequestHead): RequestHead {
  const { protocol, hostname, port, method, path, query, headers, username, password, fragment } = request;
  return {
    protocol,
    hostname,
    method,
    path,
    query,
    headers,
    ...(port !== undefined && { port }),
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(fragment !== undefined && { fragment }),
  };
}
