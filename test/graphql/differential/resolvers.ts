/** Resolvers that answer, wait, fail and answer wrongly, as thrown for their place in the answer. */
import type {
  GraphQLFieldResolver,
  GraphQLIsTypeOfFn,
  GraphQLResolveInfo,
  GraphQLTypeResolver,
} from 'graphql';
import { createDice } from '../../support/dice.ts';
import { dump } from './dump.ts';
import { produce, Source } from './produce.ts';
import type { Run } from './run.ts';

/** Answers what its type asks for; fields that tell of their arguments or of `info` answer with those as text. */
export const resolve: GraphQLFieldResolver<unknown, Run, Record<string, unknown>> = (
  source,
  args,
  run,
  info,
) => {
  const place = placeOf(info.path);
  run.calls.push(`${place}(${dump(args)})`);
  if (place.length > 400) throw new Error('deep enough');
  const story = storyOf(source, args, run, info);
  return produce(info.returnType, place, run, story);
};

function storyOf(
  source: unknown,
  args: Record<string, unknown>,
  run: Run,
  info: GraphQLResolveInfo,
): string | undefined {
  switch (info.fieldName) {
    case 'echo':
    case 'need':
    case 'one':
      return `${info.parentType.name} ${dump(args)}`;
    case 'info':
      return tellInfo(source, run, info);
    default:
      return undefined;
  }
}

function tellInfo(source: unknown, run: Run, info: GraphQLResolveInfo): string {
  const { operation, path } = info;
  return dump({
    field: info.fieldName,
    nodes: info.fieldNodes.map((node) => [node.loc?.start, node.alias?.value]),
    type: String(info.returnType),
    parent: info.parentType.name,
    path: [path.key, path.typename, path.prev?.key, path.prev?.typename],
    variables: info.variableValues,
    operation: [operation.operation, operation.name?.value, operation.loc?.start],
    fragments: Object.keys(info.fragments),
    root: info.rootValue === run.root,
    source: source instanceof Source ? source.kind : dump(source),
  });
}

/** Of Thing and Pair: mostly right, sometimes late, sometimes wrong in each of the ways there are. */
export const resolveThing: GraphQLTypeResolver<unknown, Run> = (value, run, info, type) => {
  if (!(value instanceof Source)) return undefined;
  const key = `${value.place}/${type.name}`;
  const dice = createDice(`${run.seed}/${key}`);
  const wrong: unknown[] = [
    'Nope',
    'Color',
    'Query',
    'Node',
    null,
    undefined,
    42,
    {},
    '__proto__',
    info.parentType,
  ];
  const name = (): string => {
    if (!dice.chance(run.faults)) return value.kind;
    if (dice.chance(0.3)) throw new Error(`no type at ${key}`);
    return dice.pick(wrong) as string;
  };
  return run.timing !== 'sync' && dice.chance(0.3) ? run.clockwork.later(key, name) : name();
};

export function isOfType(name: string): GraphQLIsTypeOfFn<unknown, Run> {
  return (value, run) => {
    if (!(value instanceof Source)) return false;
    const key = `${value.place}/is/${name}`;
    const dice = createDice(`${run.seed}/${key}`);
    const is = (): boolean => {
      if (dice.chance(run.faults / 3)) throw new Error(`no telling at ${key}`);
      return (value.kind === name) !== dice.chance(run.faults / 3);
    };
    return run.timing !== 'sync' && dice.chance(0.3) ? run.clockwork.later(key, is) : is();
  };
}

function placeOf(path: GraphQLResolveInfo['path']): string {
  return path.prev ? `${placeOf(path.prev)}.${path.key}` : String(path.key);
}
