/** The schemas of {@link module:shapes} as JSON Schema, each under the name that the document refers to it by. */
import { z } from 'zod';
import * as shapes from './shapes.ts';

const { ErrorMessage, PageQuery, ...others } = shapes;
const named = { ...others, Error: ErrorMessage };

export type SchemaName = keyof typeof named;

const registry = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });

/** Of what a client sends: a property with a default need not be there, and objects are closed where they are strict. */
const settings = { io: 'input', override: simplify } as const;

/** By name, for `components.schemas`. */
export const schemas: Readonly<Record<string, object>> = z.toJSONSchema(registry, {
  ...settings,
  uri: schemaPath,
}).schemas;
for (const schema of Object.values(schemas as Record<string, z.core.JSONSchema.BaseSchema>)) {
  // The document says these of all of them.
  delete schema.$schema;
  delete schema.$id;
}

/** By name: the parameters of the query. */
export const pageQuery = z.toJSONSchema(PageQuery, settings).properties as Readonly<
  Record<keyof z.input<typeof PageQuery>, { description: string }>
>;

export function schemaPath(name: string): string {
  return `#/components/schemas/${name}`;
}

/** Patterns say nothing that a format does not say, at length; `anyOf` with null is a type with null. */
function simplify({ jsonSchema: schema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (schema.format !== undefined) delete schema.pattern;
  const [value, nothing] = schema.anyOf ?? [];
  if (typeof value !== 'object' || typeof nothing !== 'object' || nothing.type !== 'null') return;
  if (value.anyOf) {
    schema.anyOf = [...value.anyOf, nothing];
    return;
  }
  const { type, ...rest } = value;
  Object.assign(schema, { ...rest, type: [type, 'null'], description: schema.description });
  delete schema.anyOf;
}
