/** Values as literals of a document and as JSON of variables, mostly of the right type. */
import {
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import type { Dice } from '../../support/dice.ts';

/** How a value is written, and how much of it is wrong. */
export interface Writing {
  readonly dice: Dice;
  /** The share of values of a wrong type. */
  readonly chaos: number;
  /** Values for scalars by the name of the argument or input field, or of the type; as literals and as JSON alike. */
  readonly scalars: Readonly<Record<string, readonly string[]>>;
  /** The argument or input field that the value is for. */
  readonly place?: string;
}

const texts = ['"text"', '""', '"\\u00fc \\"q\\" \\\\"', '"line\\nline"', '"__proto__"'];
const blocks = ['"""block"""', '"""\n  two\n    lines\n"""', '"""a \\""" b"""', '""""""'];

/** By the name of the type; JSON and literals have them in common. */
const common: Readonly<Record<string, readonly string[]>> = {
  Int: ['0', '1', '-5', '2147483647', '-2147483648'],
  Float: ['0', '1.5', '-2.5e10', '1e-7', '3', '123456789012345678901'],
  Boolean: ['true', 'false'],
  String: texts,
  ID: ['"id"', '7', '""', '9007199254740993', '-1'],
};
const wrong = [
  '2147483648',
  '1.5',
  '"text"',
  '"1"',
  'true',
  '[]',
  '[[1]]',
  '{}',
  '{"a":1}',
  '1e400',
  'null',
  '[null]',
];
const wrongLiterals = [
  ...wrong.slice(0, 7),
  '{a: 1}',
  '{}',
  'RED',
  'NOPE',
  'null',
  '[null]',
  '[1, "x"]',
  '-0',
  '1e400',
  '"""b"""',
];

/** What is written in the place of a value, such as a variable; undefined where the value is. */
type Leaf = (type: GraphQLInputType, place: string | undefined) => string | undefined;

export function writeJson(type: GraphQLInputType, writing: Writing, depth = 0): string {
  const { dice, chaos } = writing;
  if (dice.chance(chaos)) return dice.pick(wrong);
  const inner = isNonNullType(type) ? type.ofType : type;
  if (inner === type && dice.chance(0.08)) return 'null';
  if (isListType(inner)) {
    if (dice.chance(0.2)) return writeJson(inner.ofType, writing, depth + 1);
    return `[${items(dice, depth, () => writeJson(inner.ofType, writing, depth + 1))}]`;
  }
  if (isInputObjectType(inner)) {
    const pairs = chosenFields(inner, writing, depth).map(
      (field) =>
        `${JSON.stringify(field.name)}:${writeJson(field.type, { ...writing, place: field.name }, depth + 1)}`,
    );
    if (dice.chance(chaos))
      pairs.push(dice.pick(['"nope":1', '"__proto__":{"need":1}', '"constructor":null']));
    return `{${pairs.join(',')}}`;
  }
  if (isEnumType(inner)) return JSON.stringify(dice.pick(inner.getValues()).name);
  return dice.pick(scalarsOf(String(inner), writing));
}

/** @param leaf called before each value: what it returns is written in its place (a variable) */
export function writeLiteral(type: GraphQLInputType, writing: Writing, leaf: Leaf, depth = 0): string {
  const { dice } = writing;
  const other = leaf(type, writing.place);
  if (other !== undefined) return other;
  if (dice.chance(writing.chaos)) return dice.pick(wrongLiterals);
  const inner = isNonNullType(type) ? type.ofType : type;
  if (inner === type && dice.chance(0.08)) return 'null';
  if (isListType(inner)) {
    if (dice.chance(0.2)) return writeLiteral(inner.ofType, writing, leaf, depth + 1);
    return `[${items(dice, depth, () => writeLiteral(inner.ofType, writing, leaf, depth + 1))}]`;
  }
  if (isInputObjectType(inner)) {
    const pairs = chosenFields(inner, writing, depth).map(
      (field) =>
        `${field.name}: ${writeLiteral(field.type, { ...writing, place: field.name }, leaf, depth + 1)}`,
    );
    if (dice.chance(writing.chaos)) pairs.push(dice.pick(['nope: 1', '__proto__: {}', 'need: 1']));
    return `{${dice.shuffle(pairs).join(', ')}}`;
  }
  if (isEnumType(inner)) return dice.pick(inner.getValues()).name;
  const name = String(inner);
  if (name === 'Json' && depth < 4 && dice.chance(0.4)) return freeLiteral(writing, leaf, inner, depth);
  if (name === 'String' && dice.chance(0.2)) return dice.pick(blocks);
  return dice.pick(scalarsOf(name, writing));
}

/** Any literal, with variables inside. */
function freeLiteral(writing: Writing, leaf: Leaf, type: GraphQLInputType, depth: number): string {
  const { dice } = writing;
  const nested = () => writeLiteral(type, writing, leaf, depth + 1);
  if (dice.chance(0.5)) return `[${items(dice, depth, nested)}]`;
  return `{${dice
    .shuffle(['a', '__proto__', 'constructor'])
    .slice(0, 2)
    .map((key) => `${key}: ${nested()}`)
    .join(', ')}}`;
}

function scalarsOf(name: string, { scalars, place }: Writing): readonly string[] {
  // Some places are named as what every object has.
  const ofPlace = place !== undefined && Object.hasOwn(scalars, place) ? scalars[place] : undefined;
  return ofPlace ?? scalars[name] ?? common[name] ?? ['1', '"x"', 'true'];
}

function items(dice: Dice, depth: number, item: () => string): string {
  return Array.from({ length: dice.below(depth > 3 ? 2 : 4) }, item).join(', ');
}

/** Those that must be there, and some of the others; fewer, the deeper. */
function chosenFields(type: GraphQLInputObjectType, writing: Writing, depth: number): GraphQLInputField[] {
  const { dice, chaos } = writing;
  const all = Object.values(type.getFields());
  if (type.isOneOf) return [dice.pick(all)];
  return all.filter((field) => {
    const required = isNonNullType(field.type) && field.defaultValue === undefined;
    return required ? !dice.chance(chaos) : dice.chance(depth > 3 ? 0.05 : 0.3);
  });
}
