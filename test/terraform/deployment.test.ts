import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Body, TerraformModule } from './terraform-files.ts';
import {
  cartsTable,
  catalogueTable,
  productsTable,
  TTL_ATTRIBUTE,
  type TableShape,
} from '../../src/stores/dynamodb/tables.ts';
import { parseModules, terraformRoot } from './terraform-files.ts';

let modules: TerraformModule[];
beforeAll(async () => {
  modules = await parseModules();
});

function resource(path: string, address: string): Body {
  const body = modules.find((module) => module.path === path)?.resources.get(address);
  if (!body) throw new Error(`terraform/${path} has no ${address}`);
  return body;
}

test('the carts: on demand, keyed by cart_id, listed by customer, expiring, guarded', () => {
  const table = resource('modules/dynamodb', 'aws_dynamodb_table.carts');
  expect(table).toMatchObject({
    name: '${coalesce(var.carts_table_name, "${var.service_name}-shopping-carts")}',
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'cart_id',
    attribute: [
      { name: 'cart_id', type: 'S' },
      { name: 'customer_id', type: 'N' },
      { name: 'created_at_cart_id', type: 'S' },
    ],
    ttl: [{ enabled: true, attribute_name: 'expiration_time' }],
    deletion_protection_enabled: '${var.deletion_protection}',
    point_in_time_recovery: [{ enabled: '${var.point_in_time_recovery}' }],
    server_side_encryption: [{ enabled: true }],
  });
  expect(table['range_key']).toBeUndefined();
  expect(table['global_secondary_index']).toMatchObject([
    {
      name: 'CustomerIndex',
      projection_type: 'ALL',
      hash_key: 'customer_id',
      range_key: 'created_at_cart_id',
    },
  ]);
});

/** A table's shape as the service's own tables.ts writes it, in Terraform's words. */
function asTerraform({
  BillingMode,
  AttributeDefinitions,
  KeySchema,
  GlobalSecondaryIndexes,
}: TableShape): Body {
  return {
    billing_mode: BillingMode,
    hash_key: KeySchema?.[0]?.AttributeName,
    attribute: AttributeDefinitions?.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName,
      type: AttributeType,
    })),
    global_secondary_index: GlobalSecondaryIndexes?.map((index) => ({
      name: index.IndexName,
      projection_type: index.Projection?.ProjectionType,
      // The block key_schema would say the same, but providers before 6.29 do not know it.
      hash_key: index.KeySchema?.[0]?.AttributeName,
      range_key: index.KeySchema?.[1]?.AttributeName,
    })),
  };
}

test.each([
  ['carts', cartsTable],
  ['products', productsTable],
  ['catalogue', catalogueTable],
])('%s: the table has the shape the service creates on local engines', (name, shape) => {
  const table = resource('modules/dynamodb', `aws_dynamodb_table.${name}`);
  expect(table).toMatchObject(asTerraform(shape));
  expect(shape.KeySchema).toHaveLength(1);
  expect(table['range_key']).toBeUndefined();
});

test('carts expire by the attribute the service writes', () => {
  expect(resource('modules/dynamodb', 'aws_dynamodb_table.carts')['ttl']).toEqual([
    { enabled: true, attribute_name: TTL_ATTRIBUTE },
  ]);
});

test('the products: keyed by product_id, listed through an index', () => {
  const table = resource('modules/dynamodb', 'aws_dynamodb_table.products');
  expect(table).toMatchObject({ billing_mode: 'PAY_PER_REQUEST', hash_key: 'product_id' });
  expect(table['global_secondary_index']).toMatchObject([
    {
      name: 'CatalogIndex',
      projection_type: 'ALL',
      hash_key: 'catalog',
      range_key: 'product_id',
    },
  ]);
});

test('the database: private, encrypted, TLS only, IAM tokens, a master password that Terraform never sees', () => {
  const instance = resource('modules/rds', 'aws_db_instance.this');
  expect(instance).toMatchObject({
    publicly_accessible: false,
    storage_encrypted: true,
    manage_master_user_password: true,
    iam_database_authentication_enabled: true,
    multi_az: '${var.multi_az}',
    deletion_protection: '${var.deletion_protection}',
    performance_insights_enabled: true,
  });
  expect(instance['password']).toBeUndefined();
  expect(resource('modules/rds', 'aws_db_parameter_group.this')['parameter']).toContainEqual({
    name: 'rds.force_ssl',
    value: '1',
  });
});

test('the log of the database has no ids in it, and a snapshot never replaces a database', () => {
  const parameters = resource('modules/rds', 'aws_db_parameter_group.this')['parameter'];
  expect(parameters).toEqual(
    expect.arrayContaining([
      { name: 'log_parameter_max_length', value: '0' },
      { name: 'log_parameter_max_length_on_error', value: '0' },
      { name: 'log_error_verbosity', value: 'terse' },
    ]),
  );
  expect(resource('modules/rds', 'aws_db_instance.this')).toMatchObject({
    snapshot_identifier: '${var.snapshot_identifier}',
    lifecycle: [{ ignore_changes: ['${snapshot_identifier}'] }],
  });
});

test('the tasks: a release that fails rolls back, and nothing else decides their number', () => {
  expect(resource('modules/ecs', 'aws_ecs_service.this')).toMatchObject({
    deployment_circuit_breaker: [{ enable: true, rollback: true }],
    alarms: [{ enable: true, rollback: true }],
    deployment_minimum_healthy_percent: 100,
    enable_execute_command: false,
    network_configuration: [{ assign_public_ip: false }],
    lifecycle: [{ ignore_changes: ['${desired_count}'] }],
  });
});

test('what a rollback goes back to is still there', () => {
  expect(resource('modules/ecs', 'aws_ecs_task_definition.service')).toMatchObject({ skip_destroy: true });
});

test('a task gets requests once its database has answered, and keeps them while it is away', () => {
  expect(resource('modules/alb', 'aws_lb_target_group.tasks')).toMatchObject({
    target_type: 'ip',
    health_check: [{ path: '/startupz', matcher: '200' }],
  });
  expect(JSON.stringify(resource('modules/ecs', 'aws_ecs_task_definition.service'))).toContain('/livez');
});

test('the catalogue: keyed by a text, listed through an index, guarded as the carts are', () => {
  const table = resource('modules/dynamodb', 'aws_dynamodb_table.catalogue');
  expect(table).toMatchObject({
    name: '${var.service_name}-catalogue',
    hash_key: 'product_key',
    attribute: [
      { name: 'product_key', type: 'S' },
      { name: 'catalogue', type: 'S' },
    ],
    global_secondary_index: [
      { name: 'CatalogueIndex', projection_type: 'ALL', hash_key: 'catalogue', range_key: 'product_key' },
    ],
  });
  const carts = resource('modules/dynamodb', 'aws_dynamodb_table.carts');
  for (const guard of [
    'billing_mode',
    'deletion_protection_enabled',
    'point_in_time_recovery',
    'server_side_encryption',
  ]) {
    expect(table[guard], guard).toEqual(carts[guard]);
  }
});

test('nothing is reachable by address but the load balancer, and the metrics, for whom the settings say', () => {
  const rules = modules.flatMap(({ resources }) =>
    [...resources].filter(([address]) => address.includes('_ingress_rule.')),
  );
  const byRange = rules
    .filter(([, body]) => body['cidr_ipv4'] !== undefined)
    .map(([address, body]) => [address, body['cidr_ipv4']]);
  expect(byRange).toEqual([
    ['aws_vpc_security_group_ingress_rule.alb_http', '${each.value}'],
    ['aws_vpc_security_group_ingress_rule.alb_https', '${each.value}'],
    ['aws_vpc_security_group_ingress_rule.tasks_from_readers', '${each.value}'],
  ]);
  expect(rules.map(([address]) => address)).toHaveLength(6);
});

test.each(['Dockerfile', 'compose.yaml'])(
  'what %s takes from a registry is named by its digest',
  async (path) => {
    const text = await readFile(join(terraformRoot, '..', path), 'utf8');
    // `cartwright` is what compose builds; the stages of a build are told apart by their names.
    const taken = [...text.matchAll(/^\s*(?:ARG NODE_IMAGE=|image: |FROM (?:--platform=\S+ )?)(\S+)/gm)].map(
      ([, image = '']) => image,
    );
    const others = taken.filter((image) => image !== 'cartwright' && image !== '${NODE_IMAGE}');
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((image) => !/^[\w./-]+:\d[\w.-]+@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  },
);
