/** The client, with every timeout and retry decided here rather than left to the SDK's defaults. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { noMeter, type Meter } from '../../metrics/meter.ts';
import { createAttemptFailed, watchAttempts } from './attempts.ts';
import { createCallMeter, createThrottleCount, measureCalls } from './call-meter.ts';
import { sendLean } from './lean-calls.ts';
import { observeTurns, takeTurns } from './take-turns.ts';

export interface DynamoDBOptions {
  readonly region: string;
  /** Absent: AWS itself. */
  readonly endpoint?: string;
  /** Absent: those the SDK finds by itself; for an endpoint outside AWS, where there are none, made-up ones. */
  readonly credentials?: NonNullable<DynamoDBClientConfig['credentials']>;
  /** Milliseconds one attempt may take, 500 to 1000. Without an answer by then it is given up. */
  readonly requestTimeout?: number;
  /** Milliseconds in which an attempt must have got a connection, from the pool or new. */
  readonly connectTimeout?: number;
  /** Attempts at one request, the first included, for lost answers, faults of the service and throttling. */
  readonly maxAttempts?: number;
  /** Most connections at a time; further requests wait for one. */
  readonly maxSockets?: number;
  /** Nothing is measured without one. */
  readonly meter?: Meter | undefined;
}

/**
 * Options for a client that sets tables up and loads products: no user waits, and those requests take longer than a
 * service's, most of all on a local engine that writes each batch to its disk.
 */
export const setUpTimeouts = { requestTimeout: 30_000, connectTimeout: 5_000 } as const;

/**
 * A document client in which every DynamoDB number is a NumberValue, that is, its decimal text: none passes through binary
 * floating point. It connects at the first request. `destroy()` closes its connections, and is for whoever opened it.
 */
export function openDynamoDB(options: DynamoDBOptions): DynamoDBDocumentClient {
  const { region, endpoint, requestTimeout = 700, connectTimeout = 300 } = options;
  const { maxAttempts = 3, maxSockets = 128, meter = noMeter } = options;
  const credentials = options.credentials ?? localCredentials(endpoint);
  const client = new DynamoDBClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
    retryMode: 'standard',
    maxAttempts,
    defaultsMode: 'standard',
    endpointDiscoveryEnabled: false,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    requestHandler: {
      connectionTimeout: connectTimeout,
      // Until the head of the answer has come; the socket's timeout is for a body that stalls.
      requestTimeout,
      throwOnRequestTimeout: true,
      socketTimeout: requestTimeout,
      httpAgent: { maxSockets },
      httpsAgent: { maxSockets },
    },
  });
  const failed = createAttemptFailed(createThrottleCount(meter));
  watchAttempts(client, failed);
  const turns = takeTurns(client, maxSockets);
  const measured = meter === noMeter ? undefined : createCallMeter(meter);
  if (measured) {
    measureCalls(client, measured);
    observeTurns(turns, maxSockets, meter);
  }
  const documents = DynamoDBDocumentClient.from(client, { unmarshallOptions: { wrapNumbers: true } });
  sendLean(documents, { failed, measured });
  // Its own destroy() does nothing, because it was given the client.
  documents.destroy = () => {
    client.destroy();
  };
  return documents;
}

/** Whether an address is one of AWS's own: of any partition, with dual stack or through a VPC endpoint. */
export function isAWS(endpoint: string): boolean {
  return /\.(amazonaws\.com(\.cn)?|api\.aws|api\.amazonwebservices\.com\.cn)\.?$/.test(
    new URL(endpoint).hostname,
  );
}

/** What an engine takes that checks no signatures; DynamoDB Local keeps the tables of each key apart. */
const MADE_UP = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Any will do outside AWS, but without them the SDK would ask the metadata service of an EC2 machine for seconds. An engine
 * on this machine gets the keys of the environment or made-up ones, and no profile is looked for: one that names an
 * account, or nothing at all, has nothing to do with it. Elsewhere the SDK looks where it has something to find.
 */
function localCredentials(endpoint: string | undefined): DynamoDBClientConfig['credentials'] {
  if (endpoint === undefined || isAWS(endpoint)) return undefined;
  if (isThisMachine(endpoint)) return keysOfEnvironment() ?? MADE_UP;
  const sources = [
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ];
  return keysOfEnvironment() || sources.some((name) => process.env[name]) ? undefined : MADE_UP;
}

function isThisMachine(endpoint: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(endpoint).hostname);
}

function keysOfEnvironment() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
