/** One operation with its fragments and variables. */
import {
  doTypesOverlap,
  getNamedType,
  isCompositeType,
  isLeafType,
  isNonNullType,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { createVariables, type Variables } from './write-variables.ts';
import { writeLiteral, type Writing } from './write-value.ts';

export interface Language extends Writing {
  readonly schema: GraphQLSchema;
}

export interface WrittenOperation {
  /** The operation and its fragments. */
  readonly text: string;
  readonly name: string | undefined;
  readonly variables: Variables;
}

interface Fragment {
  readonly name: string;
  readonly on: GraphQLCompositeType;
  text?: string;
}

/** Response keys that fields get by chance: few, so that they meet; some that every object has already. */
const aliases = [
  'a',
  'b',
  'c',
  'id',
  'int',
  'child',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
];
const unknown = [
  '@nope',
  '@nope(x: 1)',
  '@skip',
  '@skip(if: null)',
  '@include(if: "no")',
  '@include(if: $undeclared)',
];

/** @param mark begins the names of its fragments */
export function writeOperation(
  language: Language,
  kind: 'query' | 'mutation',
  name: string | undefined,
  mark: string,
): WrittenOperation {
  const { dice, chaos, schema } = language;
  const variables = createVariables(language);
  const claims = new Map<string, string>();
  const composites = Object.values(schema.getTypeMap()).filter(
    (type) => isCompositeType(type) && !type.name.startsWith('__'),
  ) as GraphQLCompositeType[];
  const fragments: Fragment[] = Array.from({ length: dice.below(5) }, (_, index) => ({
    name: `${mark}${index}`,
    on: dice.pick(composites),
  }));
  /** Index of the fragment that is being written: it may only spread later ones, or it would contain itself. */
  let within = -1;

  function selectionSet(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + dice.below(depth > 2 ? 7 : 5);
    const selections = Array.from({ length: count }, () => selection(type, depth));
    const text = selections
      .filter((written) => written !== '')
      .join(dice.pick([' ', '\n', ', ', '\n# note\n']));
    return `{ ${text === '' ? '__typename' : text} }`;
  }

  function selection(type: GraphQLCompositeType, depth: number): string {
    const throwOf = dice.next();
    if (throwOf < 0.07)
      return `${dice.chance(0.3) ? `${dice.pick(aliases)}: ` : ''}__typename ${directives()}`.replace(
        /^\w+: __typename/,
        (text) => claimTypename(text),
      );
    if (throwOf < 0.2) return depth > 0 ? inline(type, depth) : '__typename';
    if (throwOf < 0.33) return spread(type);
    if (dice.chance(chaos / 2))
      return dice.pick([
        'nope',
        'nope { id }',
        'id { nope }',
        '... on Nope { id }',
        '... on In { id }',
        '...Missing',
        '... on Int { id }',
      ]);
    return 'getFields' in type ? field(type, depth) : depth > 0 ? inline(type, depth) : '__typename';
  }

  /** An alias of __typename is taken like one of a field. */
  function claimTypename(text: string): string {
    const key = text.slice(0, text.indexOf(':'));
    return claim(key, '__typename') ? text : '__typename';
  }

  /** False when the response key stands for something else already, so that the document would not be valid. */
  function claim(key: string, signature: string): boolean {
    const claimed = claims.get(key);
    if (claimed === undefined) claims.set(key, signature);
    return claimed === undefined || claimed === signature || dice.chance(chaos);
  }

  function inline(type: GraphQLCompositeType, depth: number): string {
    if (dice.chance(0.2)) return `... ${directives()} ${selectionSet(type, depth - 1)}`;
    const on = dice.pick([type, ...composites.filter((other) => overlaps(type, other))]);
    return `... on ${on.name} ${directives()} ${selectionSet(on, depth - 1)}`;
  }

  function overlaps(type: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
    return doTypesOverlap(schema, type, other) || dice.chance(chaos / 4);
  }

  function spread(type: GraphQLCompositeType): string {
    const from = dice.chance(chaos / 4) ? 0 : within + 1;
    const index = from + dice.below(Math.max(fragments.length - from, 1));
    const fragment = fragments[index];
    if (!fragment || !overlaps(type, fragment.on)) return '';
    if (fragment.text === undefined) {
      const outer = within;
      within = index;
      fragment.text = '';
      const on = dice.chance(chaos / 6) ? 'Nope' : fragment.on.name;
      fragment.text = `fragment ${fragment.name} on ${on} ${note()} ${selectionSet(fragment.on, 1)}`;
      within = outer;
    }
    const once = `...${fragment.name} ${directives()}`;
    return dice.chance(0.25) ? `${once} ...${fragment.name} ${directives()}` : once;
  }

  function field(type: GraphQLCompositeType, depth: number): string {
    if (!('getFields' in type)) return '__typename';
    const { all, leaves } = fieldsOf(type);
    const meta = type === schema.getQueryType() && dice.chance(0.02);
    const def = meta
      ? dice.pick([SchemaMetaFieldDef, TypeMetaFieldDef])
      : dice.pick(depth > 0 ? all : leaves.length > 0 ? leaves : all);
    const key = dice.chance(0.3) ? dice.pick(aliases) : def.name;
    const written = fieldWithArguments(key, def);
    if (written === undefined) return '';
    const inner = getNamedType(def.type);
    const has = isCompositeType(inner) !== dice.chance(chaos / 10);
    const below = isCompositeType(inner) ? inner : type;
    return `${written} ${directives()} ${has ? selectionSet(below, Math.min(depth - 1, meta ? 1 : depth)) : ''}`;
  }

  /** The same key comes again with the same arguments, so that fields merge. */
  function fieldWithArguments(key: string, def: GraphQLField<unknown, unknown>): string | undefined {
    const known = claims.get(key);
    const head = `${key === def.name && dice.chance(0.9) ? '' : `${key}: `}${def.name}`;
    const type = String(def.type);
    if (known?.startsWith(`${def.name}/${type}/`))
      return head + known.slice(def.name.length + type.length + 2);
    if (known !== undefined && !dice.chance(chaos)) return undefined;
    const written = writeArguments(def.args);
    claims.set(key, `${def.name}/${type}/${written}`);
    return head + written;
  }

  function writeArguments(args: readonly GraphQLArgument[]): string {
    const given = args.filter((arg) => {
      const required = isNonNullType(arg.type) && arg.defaultValue === undefined;
      return required ? !dice.chance(chaos) : dice.chance(0.25);
    });
    const written = given.map((arg) => `${arg.name}: ${argument(arg)}`);
    if (dice.chance(chaos / 3)) written.push('nope: 1');
    if (dice.chance(chaos / 3) && written[0]) written.push(written[0]);
    return written.length === 0 ? '' : `(${dice.shuffle(written).join(', ')})`;
  }

  function argument(arg: GraphQLArgument): string {
    const hasDefault = arg.defaultValue !== undefined;
    return writeLiteral(arg.type, { ...language, place: arg.name }, (type, place) =>
      dice.chance(0.3) ? variables.use(type, hasDefault && type === arg.type, place) : undefined,
    );
  }

  function directives(): string {
    const written: string[] = [];
    if (dice.chance(0.14)) written.push(condition('skip', 0.3));
    if (dice.chance(0.14)) written.push(condition('include', 0.7));
    if (dice.chance(0.04)) written.push(note());
    if (dice.chance(chaos / 8)) written.push(dice.pick(unknown));
    return dice.shuffle(written).join(' ');
  }

  function condition(name: string, share: number): string {
    const value = dice.chance(0.5) ? variables.useCondition() : dice.chance(share);
    return `@${name}(if: ${value})`;
  }

  function note(): string {
    if (!schema.getDirective('note')) return '';
    return dice.pick(['', '@note', '@note(x: 1)', `@note(x: 2) @note(in: {need: 1})`]);
  }

  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  if (!root) throw new Error(`the schema has no ${kind}`);
  const body = selectionSet(root, 2 + dice.below(4));
  const declared = variables.declare();
  const head =
    name === undefined && declared === '' && kind === 'query' && dice.chance(0.7)
      ? ''
      : `${kind} ${name ?? ''}${declared} ${note()} `;
  const written = fragments.flatMap((fragment) => (fragment.text === undefined ? [] : [fragment.text]));
  return { text: dice.shuffle([`${head}${body}`, ...written]).join('\n'), name, variables };
}

interface Fields {
  readonly all: readonly GraphQLField<unknown, unknown>[];
  readonly leaves: readonly GraphQLField<unknown, unknown>[];
}

const fieldsOfTypes = new WeakMap<GraphQLCompositeType, Fields>();

function fieldsOf(type: GraphQLObjectType | GraphQLInterfaceType): Fields {
  const known = fieldsOfTypes.get(type);
  if (known) return known;
  const all = Object.values(type.getFields());
  const fields = { all, leaves: all.filter((one) => isLeafType(getNamedType(one.type))) };
  fieldsOfTypes.set(type, fields);
  return fields;
}
