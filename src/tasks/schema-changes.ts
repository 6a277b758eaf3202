/** What a schema means for clients that were written for another, earlier one. */
import { execFileSync } from 'node:child_process';
import {
  findBreakingChanges,
  findDangerousChanges,
  isInputObjectType,
  isNonNullType,
  type GraphQLSchema,
} from 'graphql';

export interface SchemaChanges {
  /** Operations that were valid are so no longer, or answers have another form. One sentence for each. */
  readonly breaking: readonly string[];
  /** Operations stay valid, and clients may meet what they do not know: a new value of an enum, another default. */
  readonly dangerous: readonly string[];
}

/** graphql-js knows all but one of them: an input field that lost its default must be given by clients that left it out. */
export function changesBetween(before: GraphQLSchema, after: GraphQLSchema): SchemaChanges {
  const defaults = changedDefaults(before, after);
  return {
    breaking: [
      ...findBreakingChanges(before, after).map(({ description }) => description),
      ...defaults.filter(({ required }) => required).map(({ text }) => text),
    ],
    dangerous: [
      ...findDangerousChanges(before, after).map(({ description }) => description),
      ...defaults.filter(({ required }) => !required).map(({ text }) => text),
    ],
  };
}

function changedDefaults(before: GraphQLSchema, after: GraphQLSchema): { text: string; required: boolean }[] {
  return Object.values(before.getTypeMap()).flatMap((type) => {
    const now = after.getType(type.name);
    if (!isInputObjectType(type) || !isInputObjectType(now)) return [];
    const fields = now.getFields();
    return Object.values(type.getFields()).flatMap(({ name, defaultValue }) => {
      const field = fields[name];
      if (!field || textOf(defaultValue) === textOf(field.defaultValue)) return [];
      const required = isNonNullType(field.type) && field.defaultValue === undefined;
      const change = `from ${textOf(defaultValue)} to ${textOf(field.defaultValue)}`;
      return [{ text: `${type.name}.${name} has changed its default ${change}.`, required }];
    });
  });
}

const textOf = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value));

export interface Release {
  readonly tag: string;
  /** Its schema/schema.graphql. */
  readonly sdl: string;
}

/** @returns the newest tag before this commit; undefined where there is none, or no history at all */
export function findLastRelease(): Release | undefined {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  try {
    const tag = git('describe', '--tags', '--abbrev=0').trim();
    return { tag, sdl: git('show', `${tag}:schema/schema.graphql`) };
  } catch {
    return undefined;
  }
}
