/** The variables of one operation: declared where they are first used, with values for every request. */
import { isInputObjectType, isNonNullType, type GraphQLInputType } from 'graphql';
import { writeJson, writeLiteral, type Writing } from './write-value.ts';

export interface Variables {
  /**
   * A variable for a place of this type, as it is written there.
   * @param hasDefault the place has a default, so a variable that may be unset will do where null will not
   * @param place the name of the argument or input field
   */
  use(type: GraphQLInputType, hasDefault: boolean, place: string | undefined): string;
  /** The same for `@skip` and `@include`. */
  useCondition(): string;
  /** "($a: Int, …)" or nothing. */
  declare(): string;
  /** Values of one request, as JSON text: some unset, some null, some wrong. */
  writeValues(writing: Writing): string;
}

interface Variable {
  readonly name: string;
  /** As declared. */
  readonly type: string;
  /** Of the values; undefined for a condition. */
  readonly valueType?: GraphQLInputType;
  readonly fallback?: string | undefined;
  /** The argument or input field that it was made for, where that has values of its own. */
  readonly place?: string | undefined;
}

const names = ['v', 'w', '__proto__', 'x', 'constructor', 'toString', 'hasOwnProperty'];
const strange = ['Nope', 'A', '[Any]', 'Nope!', 'Int', '[Int!]!', 'In', 'Color!'];

export function createVariables(writing: Writing): Variables {
  const { dice, chaos } = writing;
  const all: Variable[] = [];

  function declareOne(variable: Omit<Variable, 'name'>): string {
    const name = names[all.length] ?? `v${all.length}`;
    all.push({ name, ...variable });
    return `$${name}`;
  }

  return {
    use(type, hasDefault, place) {
      if (dice.chance(chaos / 5)) return '$undeclared';
      const own = place !== undefined && Object.hasOwn(writing.scalars, place) ? place : undefined;
      const same = all.filter((one) => one.type === String(type) && one.place === own);
      if (same.length > 0 && dice.chance(0.6)) return `$${dice.pick(same).name}`;
      return declareOne({
        ...declarationFor(type, hasDefault, { ...writing, place: own ?? '' }),
        place: own,
      });
    },
    useCondition() {
      const known = all.filter((one) => one.type === 'Boolean!');
      if (known.length > 0 && dice.chance(0.7)) return `$${dice.pick(known).name}`;
      if (dice.chance(chaos / 4))
        return declareOne({ type: 'Boolean', fallback: dice.pick([undefined, 'null']) });
      const fallback = dice.chance(0.4) ? dice.pick(['true', 'false']) : undefined;
      return declareOne({ type: 'Boolean!', fallback });
    },
    declare() {
      if (all.length === 0) return '';
      const written = all.map(
        ({ name, type, fallback }) => `$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`,
      );
      if (dice.chance(chaos / 8) && written[0]) written.push(written[0]);
      return `(${written.join(', ')})`;
    },
    writeValues(request) {
      const pairs = all.flatMap((one) => {
        const value = valueOf(one, { ...request, place: one.place ?? '' });
        return value === undefined ? [] : [`${JSON.stringify(one.name)}:${value}`];
      });
      if (request.dice.chance(0.1)) pairs.push('"tooMuch":[1]');
      return `{${pairs.join(',')}}`;
    },
  };
}

/** A type that suits the place, often a looser or a stricter one, and perhaps a default. */
function declarationFor(
  type: GraphQLInputType,
  hasDefault: boolean,
  writing: Writing,
): Omit<Variable, 'name'> {
  const { dice, chaos } = writing;
  if (dice.chance(chaos / 3)) return { type: dice.pick(strange), valueType: type };
  const required = isNonNullType(type);
  const bare = required ? type.ofType : type;
  const fallback = dice.chance(0.3) ? constant(type, writing) : undefined;
  if (!required && fallback !== 'null' && dice.chance(0.2)) {
    return { type: `${String(type)}!`, valueType: type, fallback };
  }
  if (required && fallback === undefined && !hasDefault && !dice.chance(chaos)) {
    return { type: String(type), valueType: type };
  }
  return { type: String(bare), valueType: bare, fallback };
}

/** A literal without variables; smaller than one in an argument. */
function constant(type: GraphQLInputType, writing: Writing): string {
  return writeLiteral(type, writing, () => undefined, isInputObjectType(type) ? 3 : 1);
}

/** undefined for a variable that stays unset. */
function valueOf({ type, valueType, fallback }: Variable, writing: Writing): string | undefined {
  const { dice, chaos } = writing;
  const required = type.endsWith('!');
  if ((!required || fallback !== undefined || dice.chance(chaos / 3)) && dice.chance(0.3)) return undefined;
  if ((!required || dice.chance(chaos / 3)) && dice.chance(0.15)) return 'null';
  if (!valueType)
    return dice.chance(chaos) ? dice.pick(['"true"', '0', '[true]']) : dice.pick(['true', 'false']);
  const value = writeJson(valueType, writing, 1);
  // A declared type may be stricter than that of the place.
  return value === 'null' && required ? writeJson(valueType, writing, 1) : value;
}
