/** The request for an issuer's keys: bounded in bytes, and not repeated at once after a failure. */
import { noMeter, type Meter } from '../metrics/meter.ts';

/** Milliseconds after a failure in which the issuer is not asked again: an outage must not cost a request for each of ours. */
const COOLDOWN = 5_000;

/** Bytes of a set of keys. Those of the large issuers have some 10 KB. */
const LONGEST = 256 * 1024;

type Fetch = (url: string, options: RequestInit) => Promise<Response>;

/**
 * For jose, which asks for one set at a time, gives the time as a signal, and keeps what it gets.
 * @param clock milliseconds since the epoch
 * @returns a function that rejects with whatever went wrong last as long as that is not long ago
 */
export function createFetchKeys(
  clock: () => number,
  fetchImpl: Fetch = fetch,
  meter: Meter = noMeter,
): Fetch {
  const fetches = (result: 'got' | 'failed') =>
    meter.counter('cartwright_key_fetches_total', "Requests for the keys of tokens' issuer.", { result });
  const got = fetches('got');
  const failed = fetches('failed');
  let failure: { readonly error: unknown; readonly until: number } | undefined;

  return async (url, options) => {
    if (failure && clock() < failure.until) throw failure.error;
    try {
      const response = await fetchImpl(url, options);
      const text = await readKeys(response);
      failure = undefined;
      got.add();
      return new Response(text, { headers: { 'content-type': 'application/json' } });
    } catch (error) {
      failed.add();
      failure = { error, until: clock() + COOLDOWN };
      throw error;
    }
  };
}

/** The text of a set of keys. @throws Error for anything else, without repeating any of it */
async function readKeys(response: Response): Promise<string> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The issuer answered its keys' address with ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop ends the connection too.
    if (size > LONGEST) throw new Error(`The issuer's keys have more than ${LONGEST} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  const value = JSON.parse(text) as { keys?: unknown } | null;
  if (!Array.isArray(value?.keys)) throw new Error("The issuer's answer is no set of keys");
  return text;
}
