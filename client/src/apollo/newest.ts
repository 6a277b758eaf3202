/** An older answer must not overwrite a newer one: answers overtake one another, and a cart says by its `version` which is which. */

/** As much of what Apollo Client gives to a function `keyFields`. */
interface KeyContext {
  /** What is about to be written, by the names of the store; Apollo Client merges this very object. */
  readonly storeObject?: Record<string, unknown>;
  readonly readField?: (name: string, from: { readonly __ref: string }) => unknown;
}

/**
 * The key of a cart. Policies see one field at a time, and none of them the version beside it: this is the one place that Apollo Client asks with the whole
 * object before it is merged. What an older answer says of what is known is taken out; what nobody has asked for yet stays.
 */
export function keepNewest(
  { id }: Readonly<Record<string, unknown>>,
  { storeObject, readField }: KeyContext,
): string | false {
  if (typeof id !== 'string') return false;
  const key = `Cart:${id}`;
  const known = { __ref: key };
  const version = readField?.('version', known);
  if (storeObject && typeof version === 'number' && Number(storeObject['version']) < version) {
    for (const name of Object.keys(storeObject)) {
      if (KEPT.includes(name) || readField?.(name, known) === undefined) continue;
      Reflect.deleteProperty(storeObject, name);
    }
  }
  return key;
}

const KEPT = ['__typename', 'id'];
