/** Which documents may be turned into code. */
import { Kind, visit, type DocumentNode } from 'graphql';

/**
 * False for documents that the compiler must not see, or that it would answer otherwise than graphql-js:
 * - any with a text literal. graphql-jit 0.8.9 writes literals into the source of a function, with markers of its own for dates;
 *   a client that knows them could have any code run. All other literals are numbers, names, true, false and null. A client
 *   that wants to be fast sends its values as variables.
 * - any with a directive: where a fragment is spread twice and skipped once, the compiled code skips it in both places;
 * - introspection, which is large and rare;
 * - the alias `__proto__`, which in an object literal of the compiled code is no property.
 */
export function isCompilable(document: DocumentNode): boolean {
  let compilable = true;
  visit(document, {
    enter(node) {
      const refused =
        node.kind === Kind.STRING ||
        node.kind === Kind.DIRECTIVE ||
        (node.kind === Kind.FIELD &&
          (node.alias?.value.startsWith('__') === true || /^__(schema|type)$/.test(node.name.value)));
      if (refused) compilable = false;
    },
  });
  return compilable;
}
