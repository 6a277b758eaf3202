import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';

/** A field, an argument or a value of an enum. */
export interface Member {
  readonly name: string;
  readonly type: GraphQLType | undefined;
  readonly args: readonly GraphQLArgument[];
  readonly description?: string | null | undefined;
}

/** Types with one title, or fields of types. */
export interface Found {
  readonly title: string;
  readonly entries: readonly { readonly type: string; readonly member?: string }[];
}

/** Most fields that are listed: whoever wants more types more. */
const MOST = 50;

const TITLES: readonly [string, (type: GraphQLNamedType) => boolean][] = [
  ['Objects', isObjectType],
  ['Interfaces', isInterfaceType],
  ['Inputs', isInputObjectType],
  ['Enums and values', (type) => !isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)],
];

/** All types, or those with the text in their name, and then the fields, whatever the case of letters. */
export function findInSchema(schema: GraphQLSchema, text: string): Found[] {
  const wanted = text.trim().toLowerCase();
  const has = (name: string) => name.toLowerCase().includes(wanted);
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  const found: Found[] = TITLES.map(([title, belongs]) => ({
    title,
    entries: types.filter((type) => belongs(type) && has(type.name)).map(({ name }) => ({ type: name })),
  }));
  const fields = types.flatMap((type) =>
    namesIn(type)
      .filter(has)
      .map((member) => ({ type: type.name, member })),
  );
  if (wanted !== '') found.push({ title: 'Fields', entries: fields.slice(0, MOST) });
  return found.filter(({ entries }) => entries.length > 0);
}

function namesIn(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? Object.keys(type.getFields())
    : [];
}
