/** "{{cartId}}" and the like in variables: ids of carts that earlier operations made. */
import type { PlaygroundExample } from '../playground-example.ts';

/**
 * The variables with kept ids in place of placeholders.
 * @param text JSON; empty for none
 * @param kept the id under a name, null where there is none
 * @throws Error for text that is no JSON object, and for a placeholder without an id: what to do about it
 */
export function fillPlaceholders(
  text: string,
  kept: (name: string) => string | null,
  examples: readonly PlaygroundExample[],
): Record<string, unknown> {
  const filled = text.replace(/"\{\{(\w+)\}\}"/g, (placeholder, name: string) => {
    const id = kept(name);
    if (id !== null) return JSON.stringify(id);
    const creator = examples.find((example) => example.keepCartIdAs === name);
    throw new Error(
      creator
        ? `${placeholder} stands for the id of a cart: run ${creator.name} first, or write an id in its place.`
        : `${placeholder} is not a placeholder of any example: write a value in its place.`,
    );
  });
  return parseVariables(filled);
}

export function parseVariables(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`The variables are no JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error('The variables must be a JSON object, such as {"id": "1"}.');
}

/** The placeholder's name and the id that an answer gives it, if any. */
export function cartToKeep(
  operationName: string | undefined,
  data: unknown,
  examples: readonly PlaygroundExample[],
): { name: string; id: string } | undefined {
  const name = examples.find((example) => example.name === operationName)?.keepCartIdAs;
  if (name === undefined || typeof data !== 'object' || data === null) return undefined;
  for (const payload of Object.values(data) as ({ cart?: { id?: unknown } | null } | null)[]) {
    const id = payload?.cart?.id;
    if (typeof id === 'string') return { name, id };
  }
  return undefined;
}
