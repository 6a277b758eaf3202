import {
  isInterfaceType,
  isObjectType,
  getNamedType,
  Kind,
  OperationTypeNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type OperationDefinitionNode,
} from 'graphql';
import { useState } from 'preact/hooks';
import { operationAt, parseDocument, replaceOperation } from './documents.ts';
import { emptyOperation, selectionAt, toggle, toggleArgument, type Draft, type Path } from './field-tree.ts';
import type { Model, State } from './model.ts';
import { parseVariables } from './placeholders.ts';

interface Builder {
  readonly operation: OperationDefinitionNode | undefined;
  choose(path: Path): void;
  chooseArgument(path: Path, argument: GraphQLArgument): void;
  possibleTypes(type: GraphQLNamedType): readonly string[];
  typeOf(name: string): GraphQLNamedType | undefined;
}

/** All fields of the schema, to be chosen for the operation by check marks. */
export function FieldsPanel({ model, state, cursor }: { model: Model; state: State; cursor: number }) {
  const { schema, problem } = state;
  if (!schema) return <p>{problem ?? 'Loading the schema.'}</p>;
  const { query } = model.current();
  const document = parseDocument(query);
  if (!document && query.replaceAll(/^#.*$/gm, '').trim() !== '')
    return <p>The operation cannot be read as it is: mend it, or open an empty tab, to choose fields.</p>;

  return [OperationTypeNode.QUERY, OperationTypeNode.MUTATION].map((kind) => {
    const type = schema.getRootType(kind);
    return (
      type && (
        <div key={kind}>
          <h2>{kind === OperationTypeNode.QUERY ? 'Queries' : 'Mutations'}</h2>
          <Fields type={type} path={[]} builder={createBuilder(model, state, cursor, kind)} />
        </div>
      )
    );
  });
}

/** Changes the operation at the cursor; a root field of another kind begins an operation in a tab of its own. */
function createBuilder(model: Model, { schema }: State, cursor: number, kind: OperationTypeNode): Builder {
  const { query, variables: text } = model.current();
  const document = parseDocument(query);
  const found = operationAt(document, cursor);
  const operation = found?.operation === kind ? found : undefined;

  function apply(change: (operation: OperationDefinitionNode, variables: Record<string, unknown>) => Draft) {
    if (!document || !operation) {
      const { operation: made, variables } = change(emptyOperation(kind), {});
      if (made)
        model.openOperation(
          replaceOperation('', { kind: Kind.DOCUMENT, definitions: [made] }, made, made),
          inJson(variables),
        );
      return;
    }
    const { operation: made, variables } = change(operation, variablesOf(text));
    model.edit({ query: replaceOperation(query, document, operation, made), variables: inJson(variables) });
  }

  return {
    operation,
    choose: (path) => {
      if (schema) apply((draft, variables) => toggle(schema, draft, variables, path));
    },
    chooseArgument: (path, argument) => {
      apply((draft, variables) => toggleArgument(draft, variables, path, argument));
    },
    possibleTypes: (type) =>
      schema && isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [],
    typeOf: (name) => schema?.getType(name),
  };
}

function variablesOf(text: string): Record<string, unknown> {
  try {
    return parseVariables(text);
  } catch {
    return {};
  }
}

const inJson = (variables: Record<string, unknown>) =>
  Object.keys(variables).length === 0 ? '' : JSON.stringify(variables, null, 2);

interface FieldsProps {
  type: GraphQLNamedType;
  path: Path;
  builder: Builder;
}

function Fields({ type, path, builder }: FieldsProps) {
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  return (
    <ul class="fields">
      {fields.map((field) => (
        <Field key={field.name} field={field} path={[...path, { field: field.name }]} builder={builder} />
      ))}
      {builder.possibleTypes(type).map((name) => (
        <Fragment key={name} name={name} path={[...path, { on: name }]} builder={builder} />
      ))}
    </ul>
  );
}

interface FieldProps {
  field: GraphQLField<unknown, unknown>;
  path: Path;
  builder: Builder;
}

function Field({ field, path, builder }: FieldProps) {
  const node = selectionAt(builder.operation, path);
  const given = node?.kind === Kind.FIELD ? (node.arguments ?? []) : [];
  const type = getNamedType(field.type);
  const composite = isObjectType(type) || isInterfaceType(type);
  return (
    <Row
      title={field.name}
      detail={String(field.type)}
      hint={field.description}
      chosen={node !== undefined}
      choose={() => {
        builder.choose(path);
      }}
      below={
        (composite || field.args.length > 0) &&
        (() => (
          <>
            {node && field.args.length > 0 && (
              <ul class="fields arguments" aria-label={`Arguments of ${field.name}`}>
                {field.args.map((argument) => (
                  <Row
                    key={argument.name}
                    title={`${argument.name}:`}
                    detail={String(argument.type)}
                    hint={argument.description}
                    chosen={given.some(({ name }) => name.value === argument.name)}
                    choose={() => {
                      builder.chooseArgument(path, argument);
                    }}
                  />
                ))}
              </ul>
            )}
            {composite && <Fields type={type} path={path} builder={builder} />}
          </>
        ))
      }
    />
  );
}

function Fragment({ name, path, builder }: { name: string; path: Path; builder: Builder }) {
  const type = builder.typeOf(name);
  return (
    <Row
      title={`… on ${name}`}
      hint={type?.description}
      chosen={selectionAt(builder.operation, path) !== undefined}
      choose={() => {
        builder.choose(path);
      }}
      below={() => type && <Fields type={type} path={path} builder={builder} />}
    />
  );
}

interface RowProps {
  title: string;
  detail?: string;
  hint?: string | null | undefined;
  chosen: boolean;
  choose: () => void;
  below?: false | (() => preact.ComponentChild);
}

/** What is chosen is open, until somebody closes it. */
function Row({ title, detail, hint, chosen, choose, below }: RowProps) {
  const [opened, setOpened] = useState<boolean>();
  const open = opened ?? chosen;
  return (
    <li>
      <div class="row">
        {below ? (
          <button
            type="button"
            class="plain"
            aria-expanded={open}
            aria-label={`Fields of ${title}`}
            onClick={() => {
              setOpened(!open);
            }}
          >
            {open ? '▾' : '▸'}
          </button>
        ) : (
          <span class="no-button" />
        )}
        <label title={hint ?? undefined}>
          <input type="checkbox" checked={chosen} onChange={choose} /> {title} <code>{detail}</code>
        </label>
      </div>
      {open && below && below()}
    </li>
  );
}
