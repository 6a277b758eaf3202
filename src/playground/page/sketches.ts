/** First drafts: what to ask of a type when somebody chooses a field of it, and values for arguments. */
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  Kind,
  getNamedType,
  type GraphQLInputType,
  type GraphQLOutputType,
  type SelectionSetNode,
} from 'graphql';

/** Levels of objects below a field that is chosen. */
const DEPTH = 3;

/** Asks for the id where there is one, else for all there is, objects within objects too; undefined for a value. */
export function sketchSelection(type: GraphQLOutputType, depth = DEPTH): SelectionSetNode | undefined {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return undefined;
  const fields = named.getFields();
  if ('id' in fields) return { kind: Kind.SELECTION_SET, selections: [fieldNode('id')] };
  const selections = Object.values(fields).flatMap(({ name, type, args }) => {
    // The nodes of a page are in its edges too.
    if (name === 'edges' || args.some(isRequiredArgument)) return [];
    if (isLeafType(getNamedType(type))) return [fieldNode(name)];
    const inner = depth > 1 ? sketchSelection(type, depth - 1) : undefined;
    return inner ? [fieldNode(name, inner)] : [];
  });
  return {
    kind: Kind.SELECTION_SET,
    selections: selections.length > 0 ? selections : [fieldNode('__typename')],
  };
}

export function fieldNode(name: string, selectionSet?: SelectionSetNode) {
  return {
    kind: Kind.FIELD as const,
    name: { kind: Kind.NAME as const, value: name },
    ...(selectionSet && { selectionSet }),
  };
}

/** A value of the type, as JSON has it, with what must be there. */
export function sketchValue(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sketchValue(type.ofType);
  if (isListType(type)) return [sketchValue(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map((field) => [field.name, sketchValue(field.type)]));
  }
  if (type.name === 'Boolean') return false;
  return ['Int', 'Float'].includes(type.name) ? 1 : '1';
}
