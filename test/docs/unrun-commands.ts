/** The commands of the pages that no test runs as they stand, each with the reason. What is here and in no page is a mistake too. */

/** Takes minutes of a quiet machine. */
const BENCH = 'measures for minutes; bench/test/ runs what it is made of';
const COMPARE =
  'measures for minutes; here its options are read, and bench/test/judged.test.ts runs what it is made of';

/** Asks a registry for what is not of this project. */
const PAGE =
  'makes a project of its own; test/docs/clients.test.ts compiles its page, and test/browser/ uses it';

const OTHERS =
  'is run by test/client-packages/, with the versions of its lockfile, from the schema in schema/';

export const unrunCommands: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    'npm ci && npm test': 'is what runs this test',
    'npm run build && npm run serve': '.ci/run builds; serving needs a database that is not embedded',
  },
  'docs/clients.md': {
    'npm pack ./client --pack-destination ..': PAGE,
    'cd .. && npm create --yes vite@latest shop -- --template react-ts --no-interactive': PAGE,
    'cd shop && npm install ../cartwright-client-0.1.0.tgz && npm run dev': PAGE,
    'CORS_ORIGINS=http://localhost:5173 npm start': PAGE,
    'curl -s localhost:8080/schema.graphql -o schema.graphql': OTHERS,
    'npm install --save-dev @graphql-codegen/cli @graphql-codegen/client-preset': OTHERS,
    'npx graphql-codegen': OTHERS,
    'npm install relay-runtime && npm install --save-dev relay-compiler babel-plugin-relay': OTHERS,
    "echo '{}' > persisted-documents.json && npx relay-compiler": OTHERS,
  },
  'docs/comparison.md': {
    'npm run compare -- --quick': COMPARE,
    'npm run compare -- --name mine': COMPARE,
    'npm run compare -- --name mine --resume': COMPARE,
    'npm run compare -- --postgres-url postgres://user:password@host:5432/carts --dynamodb-endpoint http://127.0.0.1:8000':
      COMPARE,
    'npm run compare -- --host http://postgres-stack.example.com --host http://dynamodb-stack.example.com --engines aws':
      COMPARE,
  },
  'docs/performance.md': {
    'npm run bench': BENCH,
    'npm run bench -- --full --save': BENCH,
    'npm run bench -- --only=memory,get10,workers': BENCH,
    'npm run bench -- --only=growth': BENCH,
    'npm run bench -- --only=overload': BENCH,
    'npm run bench -- --only=soak': BENCH,
  },
};

/** Programs that docs/deploy.md uses and that change an account in the cloud: there are stand-ins for them in its test. */
export const STAND_INS = ['aws', 'terraform', 'docker'] as const;
