/** Answers read without a walk along the shapes of the SDK; what is no success, or no JSON, the SDK reads. */
import type { DynamoDBClientResolvedConfig } from '@aws-sdk/client-dynamodb';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import type { DeserializeMiddleware, MetadataBearer, ResponseMetadata } from '@smithy/types';

/**
 * The SDK's own step for answers, and with it what it adds to an error of the connection or of the text, on another protocol: one
 * that gives a success as its JSON, with the values as they are there.
 */
export function createReadAnswer(
  config: DynamoDBClientResolvedConfig,
): DeserializeMiddleware<object, object> {
  const steps = new Map<string, unknown>();
  const plugin = getSchemaSerdePlugin({ protocol: leanProtocol(config) } as never);
  plugin.applyToStack({
    add: (step: unknown, { name = '' }: { name?: string }) => steps.set(name, step),
  } as never);
  return steps.get('deserializerMiddleware') as DeserializeMiddleware<object, object>;
}

/** What is looked at of an answer. */
interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Protocol {
  deserializeResponse(schema: object, context: object, answer: HttpAnswer): Promise<object>;
  deserializeMetadata(answer: HttpAnswer): ResponseMetadata;
}

function leanProtocol(config: DynamoDBClientResolvedConfig) {
  const protocol = config.protocol as object as Protocol;
  return {
    setSerdeContext: () => undefined,
    async deserializeResponse(schema: object, _: object, response: HttpAnswer) {
      const { statusCode, headers } = response;
      if (statusCode >= 300) return protocol.deserializeResponse(schema, config, response);
      const body = await config.streamCollector(response.body);
      const answer = parse(body);
      if (!answer) return protocol.deserializeResponse(schema, config, { statusCode, headers, body });
      answer.$metadata = protocol.deserializeMetadata(response);
      return answer;
    },
  };
}

/** Without what is null, which is as good as absent; undefined for what is not the JSON of an object. */
function parse({ buffer, byteOffset, byteLength }: Uint8Array): MetadataBearer | undefined {
  if (byteLength === 0) return { $metadata: {} };
  try {
    const answer: unknown = JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString());
    if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined;
    const fields = answer as Record<string, unknown>;
    for (const name in fields) if (fields[name] === null) Reflect.deleteProperty(fields, name);
    return answer as MetadataBearer;
  } catch {
    return undefined;
  }
}
