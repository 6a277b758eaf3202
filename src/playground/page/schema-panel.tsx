import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';
import { useState } from 'preact/hooks';
import { findInSchema, type Member } from './find-in-schema.ts';
import type { Model, State } from './model.ts';

/** What the schema says of its types: a list that can be searched, and a page for each type. */
export function SchemaPanel({ model, state: { schema, problem, type } }: { model: Model; state: State }) {
  if (!schema) return <p>{problem ?? 'Loading the schema.'}</p>;
  const shown = type === undefined ? undefined : schema.getType(type);
  return shown ? (
    <TypePage type={shown} schema={schema} describe={model.describe} />
  ) : (
    <TypeList schema={schema} describe={model.describe} />
  );
}

type Describe = (type: string | undefined) => void;

function TypeList({ schema, describe }: { schema: GraphQLSchema; describe: Describe }) {
  const [wanted, setWanted] = useState('');
  const found = findInSchema(schema, wanted);
  return (
    <>
      <input
        class="search"
        type="search"
        aria-label="Search types and fields"
        placeholder="Search types and fields"
        value={wanted}
        onInput={({ currentTarget }) => {
          setWanted(currentTarget.value);
        }}
      />
      {found.length === 0 && <p>Nothing in the schema has this name.</p>}
      {found.map(({ title, entries }) => (
        <div key={title}>
          <h2>{title}</h2>
          <ul class="types">
            {entries.map(({ type, member }) => (
              <li key={`${type}.${member ?? ''}`}>
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    describe(type);
                  }}
                >
                  {member === undefined ? type : `${type}.${member}`}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function TypePage({
  type,
  schema,
  describe,
}: {
  type: GraphQLNamedType;
  schema: GraphQLSchema;
  describe: Describe;
}) {
  return (
    <>
      <button
        type="button"
        onClick={() => {
          describe(undefined);
        }}
      >
        ← All types
      </button>
      <h2>
        {type.name} <small>{kindOf(type)}</small>
      </h2>
      <p>{type.description}</p>
      {isInterfaceType(type) && (
        <p>
          Is one of:{' '}
          {schema.getPossibleTypes(type).map((one) => (
            <span key={one.name}>
              <TypeLink type={one} describe={describe} />{' '}
            </span>
          ))}
        </p>
      )}
      <dl>
        {membersOf(type).map((member) => (
          <MemberOf key={member.name} member={member} describe={describe} />
        ))}
      </dl>
    </>
  );
}

function MemberOf({
  member: { name, type, args, description },
  describe,
}: {
  member: Member;
  describe: Describe;
}) {
  return (
    <>
      <dt>
        <code>
          {name}
          {type && ': '}
          {type && <TypeLink type={type} describe={describe} />}
        </code>
      </dt>
      <dd>
        {description}
        {args.length > 0 && (
          <dl>
            {args.map((argument) => (
              <MemberOf key={argument.name} member={{ ...argument, args: [] }} describe={describe} />
            ))}
          </dl>
        )}
      </dd>
    </>
  );
}

function TypeLink({ type, describe }: { type: GraphQLType; describe: Describe }) {
  const { name } = getNamedType(type);
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        describe(name);
      }}
    >
      {String(type)}
    </button>
  );
}

function membersOf(type: GraphQLNamedType): Member[] {
  if (isEnumType(type)) return type.getValues().map((value) => ({ ...value, type: undefined, args: [] }));
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map((field) => ({ ...field, args: [] }));
  if (isObjectType(type) || isInterfaceType(type))
    return Object.values(type.getFields()).map((field) => ({ ...field }));
  return [];
}

function kindOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return 'enum';
  if (isInputObjectType(type)) return 'input';
  if (isInterfaceType(type)) return 'interface';
  return isScalarType(type) ? 'scalar' : 'object';
}
