import { beforeAll, describe, expect, test } from 'vitest';
import type { Body, TerraformModule } from './terraform-files.ts';
import { parseModules, terraformFiles } from './terraform-files.ts';

const moduleNames = ['alarms', 'alb', 'dynamodb', 'ecr', 'ecs', 'iam', 'logging', 'network', 'rds'];

let modules: TerraformModule[];
beforeAll(async () => {
  modules = await parseModules();
});

const each = (pick: (module: TerraformModule) => Map<string, Body>) =>
  modules.flatMap((module) =>
    [...pick(module)].map(([name, body]) => ({ name: `${module.path}: ${name}`, body })),
  );

test('one root module and the nine modules, each with main, variables, outputs and versions', () => {
  expect(modules.map(({ path }) => path).sort()).toEqual([
    '.',
    ...moduleNames.map((name) => `modules/${name}`),
  ]);
  for (const { path, files } of modules) {
    expect(files, path).toEqual(
      expect.arrayContaining(['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf']),
    );
  }
});

describe('variables', () => {
  test('are all described and typed', () => {
    const faulty = each(({ variables }) => variables).filter(
      ({ body }) => typeof body['description'] !== 'string' || !body['type'],
    );
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  test('are all validated; of a bool, that it is not null', () => {
    const faulty = each(({ variables }) => variables).filter(({ body }) =>
      body['type'] === '${bool}' || body['type'] === 'bool'
        ? body['nullable'] !== false
        : !Array.isArray(body['validation']),
    );
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  test('name themselves in every error message', () => {
    const faulty = each(({ variables }) => variables).filter(({ name, body }) =>
      ((body['validation'] ?? []) as Body[]).some(
        ({ error_message }) => !String(error_message).startsWith(`${name.split(': ')[1] ?? ''}:`),
      ),
    );
    expect(faulty.map(({ name }) => name)).toEqual([]);
  });

  test('stand in variables.tf, outputs in outputs.tf', () => {
    const misplaced = terraformFiles.filter(
      ({ path, text }) =>
        path.endsWith('.tf') &&
        ((/^variable "/m.test(text) && !path.endsWith('variables.tf')) ||
          (/^output "/m.test(text) && !path.endsWith('outputs.tf'))),
    );
    expect(misplaced.map(({ path }) => path)).toEqual([]);
  });
});

test('outputs are all described', () => {
  const faulty = each(({ outputs }) => outputs).filter(({ body }) => typeof body['description'] !== 'string');
  expect(faulty.map(({ name }) => name)).toEqual([]);
});

test('Terraform 1.11 and a provider from 5.100 to 6 are asked for everywhere', () => {
  for (const { path, text } of terraformFiles.filter((file) => file.path.endsWith('versions.tf'))) {
    expect(text, path).toContain('required_version = ">= 1.11.0"');
    expect(text, path).toContain('version = ">= 5.100.0, < 7.0.0"');
  }
});
