import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rightsGiven, rightsOf } from './guarded-dynamodb.ts';
import { codeLines, terraformFiles } from './terraform-files.ts';

const configuration = terraformFiles.filter(
  ({ path }) => path.endsWith('.tf') && !path.endsWith('variables.tf'),
);

function textOf(path: string): string {
  const file = configuration.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`no file ${path}`);
  return file.text;
}

/** Statements written in a policy: Sid → its actions and its resource, as written. */
function statementsIn(text: string): Map<string, { actions: string[]; resource: string }> {
  const statement = /Sid\s+= "(\w+)"\s+Effect\s+= "Allow"\s+Action\s+= (.+)\s+Resource\s+= (.+)/g;
  return new Map(
    [...text.matchAll(statement)].map(([, sid = '', action = '', resource = '']) => [
      sid,
      { actions: [...action.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name), resource },
    ]),
  );
}

/**
 * Every string with a * in it, as "file: line". AWS accepts no narrower resource for the registry's token; a log stream's
 * name is made up by the log driver; a denial has to hold for everybody; the load balancer makes up the names of its logs. In the alarm it multiplies.
 */
const allowedWildcards = [
  'modules/alarms/main.tf: expression  = "IF(FILL(requests, 0) >= 20, 100 * (FILL(balancer, 0) + FILL(target, 0)) / requests, 0)"',
  'modules/ecr/main.tf: selection    = { tagStatus = "tagged", tagPatternList = ["*"], countType = "imageCountMoreThan", countNumber = var.kept_images }',
  'modules/iam/main.tf: ArnLike      = { "aws:SourceArn" = "arn:${data.aws_partition.current.partition}:ecs:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:*" }',
  'modules/iam/policies.tf: Resource = "${var.log_group_arns.migration}:log-stream:*"',
  'modules/iam/policies.tf: Resource = "${var.log_group_arns.service}:log-stream:*"',
  'modules/iam/policies.tf: Resource = "*"',
  'modules/logging/main.tf: Action    = "s3:*"',
  'modules/logging/main.tf: Principal = "*"',
  'modules/logging/main.tf: Resource  = "${aws_s3_bucket.access_logs.arn}/alb/AWSLogs/${data.aws_caller_identity.current.account_id}/*"',
  'modules/logging/main.tf: Resource  = [aws_s3_bucket.access_logs.arn, "${aws_s3_bucket.access_logs.arn}/*"]',
  'modules/network/flow-logs.tf: Resource = "${aws_cloudwatch_log_group.flow[0].arn}:*"',
];

test('a * stands only where the list of exceptions has it', () => {
  const found = configuration.flatMap(({ path, text }) =>
    codeLines(text)
      .filter(({ line }) =>
        [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].some(([, value = '']) => value.includes('*')),
      )
      .map(({ line }) => `${path}: ${line.trim()}`),
  );
  expect(found.sort()).toEqual(allowedWildcards);
});

test('a whole * as a resource belongs to the registry token alone', () => {
  const statements = statementsIn(textOf('modules/iam/policies.tf'));
  const wide = [...statements].filter(([, { resource }]) => resource === '"*"');
  expect(wide).toEqual([['RegistryToken', { actions: ['ecr:GetAuthorizationToken'], resource: '"*"' }]]);
});

test('policies are JSON made in place, never NotAction, NotResource or a policy document', () => {
  for (const { path, text } of configuration) {
    expect(text, path).not.toMatch(
      /NotAction|NotResource|NotPrincipal|aws_iam_policy_document|AdministratorAccess|FullAccess/,
    );
  }
});

test('the service may do to DynamoDB what its code does, on the named tables and indexes', () => {
  const statements = statementsIn(textOf('modules/iam/policies.tf'));
  expect(
    Object.fromEntries(
      [...statements].filter(([, { actions }]) => actions.some((a) => a.startsWith('dynamodb:'))),
    ),
  ).toEqual({
    Carts: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      resource: 'try(var.dynamodb.carts_table_arn, null)',
    },
    CartsOfACustomer: { actions: ['dynamodb:Query'], resource: 'try(var.dynamodb.customer_index_arn, null)' },
    Catalogue: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      resource: 'try(var.dynamodb.catalogue_table_arn, null)',
    },
    ListOfTheCatalogue: {
      actions: ['dynamodb:Query'],
      resource: 'try(var.dynamodb.catalogue_index_arn, null)',
    },
    LoadCatalogue: {
      actions: [
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
      ],
      resource: 'try(var.dynamodb.catalogue_table_arn, null)',
    },
    ListWhatIsCopied: {
      actions: ['dynamodb:Query'],
      resource:
        'compact([try(var.dynamodb.catalog_index_arn, null), try(var.dynamodb.catalogue_index_arn, null)])',
    },
    FindAllCarts: {
      actions: ['dynamodb:DescribeTable', 'dynamodb:Scan'],
      resource: 'try(var.dynamodb.carts_table_arn, null)',
    },
  });
});

test('only who moves carts from one store to the other may Scan, and only while carts are moved', () => {
  const policies = textOf('modules/iam/policies.tf');
  expect(policies.match(/local\.scan_statements/g)).toHaveLength(1);
  expect(policies).toMatch(/move_policy = jsonencode\(\{[^}]*local\.scan_statements/);
  const roles = textOf('modules/iam/main.tf');
  expect(roles.match(/local\.move_policy/g)).toHaveLength(1);
  expect(roles).toMatch(
    /resource "aws_iam_role_policy" "move" \{\s+count = var\.moves_carts \? 1 : 0\s[^}]*local\.move_policy/,
  );
});

/** What a command needs. A transaction needs the actions inside it; ours hold puts, and of products deletions. */
const actionsOfCommands: Record<string, string> = {
  BatchGetCommand: 'dynamodb:BatchGetItem',
  BatchWriteCommand: 'dynamodb:BatchWriteItem',
  DescribeTableCommand: 'dynamodb:DescribeTable',
  GetCommand: 'dynamodb:GetItem',
  DeleteCommand: 'dynamodb:DeleteItem',
  PutCommand: 'dynamodb:PutItem',
  QueryCommand: 'dynamodb:Query',
  ScanCommand: 'dynamodb:Scan',
  TransactWriteCommand: 'dynamodb:PutItem',
};

test('those are the commands that the code sends, all of them', () => {
  const folder = join(import.meta.dirname, '../../src/stores/dynamodb');
  // createTables runs on local engines alone.
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'create-tables.ts');
  const commands = files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/new (\w+Command)\(/g)].map(
      ([, name = '']) => name,
    ),
  );
  const needed = new Set(
    commands.map((command) => actionsOfCommands[command] ?? `none known for ${command}`),
  );
  const statements = statementsIn(textOf('modules/iam/policies.tf')).values();
  const given = new Set(
    [...statements].flatMap(({ actions }) => actions).filter((action) => action.startsWith('dynamodb:')),
  );
  // Products are withdrawn in transactions, which no command's name tells; on carts nothing has that right, as the test above shows.
  needed.add('dynamodb:DeleteItem');
  expect([...given].sort()).toEqual([...needed].sort());
});

test('no other file hands out rights to DynamoDB, to secrets or to the database', () => {
  const giving = configuration.filter(({ text }) => /"(dynamodb|secretsmanager|rds-db):/.test(text));
  expect(giving.map(({ path }) => path)).toEqual(['modules/iam/policies.tf']);
});

test('the only managed policy is the one RDS needs for Enhanced Monitoring', () => {
  const managed = configuration.flatMap(({ text }) =>
    [...text.matchAll(/:iam::aws:policy\/([\w/-]+)/g)].map(([, name]) => name),
  );
  expect(managed).toEqual(['service-role/AmazonRDSEnhancedMonitoringRole']);
});

test('what a request needs, by which the emulated DynamoDB of scripts/check-terraform.sh refuses', () => {
  const TABLES = 'arn:aws:dynamodb:us-west-2:123456789012:table/';
  expect(rightsOf('Query', { TableName: 'a', IndexName: 'b' })).toEqual([
    `dynamodb:Query ${TABLES}a/index/b`,
  ]);
  expect(rightsOf('BatchGetItem', { RequestItems: { a: {}, b: {} } })).toEqual([
    `dynamodb:BatchGetItem ${TABLES}a`,
    `dynamodb:BatchGetItem ${TABLES}b`,
  ]);
  expect(
    rightsOf('TransactWriteItems', {
      TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }],
    }),
  ).toEqual([`dynamodb:PutItem ${TABLES}a`, `dynamodb:ConditionCheckItem ${TABLES}b`]);
  const given = rightsGiven({ Statement: [{ Action: 'x', Resource: ['a', 'b'] }] });
  expect([...given]).toEqual(['x a', 'x b']);
});
