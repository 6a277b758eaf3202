/*
 * Starts GraphiQL in the browser, with the examples as its first tabs. Served as it stands, without a build step.
 * The page's `config` element holds { endpoint, examples, storagePrefix }; playground.ts writes it.
 */
/* global GraphiQL, React, ReactDOM, document, fetch, localStorage */

const { endpoint, examples, storagePrefix } = JSON.parse(document.getElementById('config').textContent);

// Keys of our own, so that another GraphiQL on the same address neither hides the examples nor loses its tabs.
const ownKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(storagePrefix));
const storage = {
  getItem: (key) => localStorage.getItem(storagePrefix + key),
  setItem: (key, value) => localStorage.setItem(storagePrefix + key, value),
  removeItem: (key) => localStorage.removeItem(storagePrefix + key),
  clear: () => ownKeys().forEach((key) => localStorage.removeItem(key)),
  get length() {
    return ownKeys().length;
  },
};

/** Puts the ids of carts created here in place of "{{cartId}}" and the like. Throws for an unknown placeholder. */
function fillPlaceholders(variables) {
  const filled = JSON.stringify(variables ?? {}).replace(/"\{\{(\w+)\}\}"/g, (placeholder, name) => {
    const id = storage.getItem(`placeholder:${name}`);
    if (id !== null) return JSON.stringify(id);
    const creator = examples.find((example) => example.keepCartIdAs === name);
    throw new Error(
      creator
        ? `${placeholder} stands for the id of a cart: run ${creator.name} first, or write an id in its place.`
        : `${placeholder} is not a placeholder of any example: write a value in its place.`,
    );
  });
  return JSON.parse(filled);
}

function keepCartId(operationName, result) {
  const placeholder = examples.find((example) => example.name === operationName)?.keepCartIdAs;
  const id = result.data?.createCart?.cart?.id;
  if (placeholder && id) storage.setItem(`placeholder:${placeholder}`, id);
}

/** What cannot be sent or understood is shown as GraphQL shows errors, without a stack trace. */
async function fetcher({ query, variables, operationName }, options) {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json',
        'content-type': 'application/json',
        ...options?.headers,
      },
      body: JSON.stringify({ query, variables: fillPlaceholders(variables), operationName }),
    });
    const text = await response.text();
    if (!/json/.test(response.headers.get('content-type') ?? '')) {
      throw new Error(`${endpoint} answered ${response.status}, not JSON: ${text.slice(0, 500)}`);
    }
    const result = JSON.parse(text);
    keepCartId(operationName, result);
    return result;
  } catch (error) {
    return { errors: [{ message: error.message }] };
  }
}

const tabs = examples.map(({ query, variables }) => ({
  query,
  variables: JSON.stringify(variables, null, 2),
}));

// GraphiQL takes the first tab's variables from its storage, never from `defaultTabs`.
if (storage.getItem('graphiql:tabState') === null && tabs.length > 0) {
  storage.setItem('graphiql:query', tabs[0].query);
  storage.setItem('graphiql:variables', tabs[0].variables);
}

ReactDOM.createRoot(document.getElementById('playground')).render(
  React.createElement(
    GraphiQL,
    {
      fetcher,
      storage,
      defaultTabs: tabs,
      defaultEditorToolsVisibility: 'variables',
      shouldPersistHeaders: false,
      inputValueDeprecation: true,
    },
    React.createElement(GraphiQL.Logo, null, 'Cartwright'),
  ),
);
