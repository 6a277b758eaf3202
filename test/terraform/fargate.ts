/**
 * What Fargate does with task definitions, for an emulated AWS (AWS_ENDPOINT_URL): reads their environment and secrets, and starts
 * programs with these alone and with where that AWS is.
 */
import { equal } from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export type Environment = Readonly<Record<string, string>>;

interface Container {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

export const endpoint = process.env['AWS_ENDPOINT_URL'] ?? '';

/** Calls an action of an AWS service by its JSON protocol. */
async function call(service: string, target: string, input: object): Promise<unknown> {
  const scope = `emulated/20260101/us-west-2/${service}/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(input),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${target}: ${answer}`);
  return JSON.parse(answer);
}

/**
 * The environment of a task definition's container.
 * @param key is put into its secrets first, as docs/deploy.md does by hand. Of RDS's own, which name a field of JSON, it is the
 *   password: the emulator makes none.
 */
export async function environmentOf(taskDefinition: string, key: string): Promise<Environment> {
  const target = 'AmazonEC2ContainerServiceV20141113.DescribeTaskDefinition';
  const answer = (await call('ecs', target, { taskDefinition })) as {
    taskDefinition: { containerDefinitions: [Container] };
  };
  const [container] = answer.taskDefinition.containerDefinitions;
  const given = Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));
  for (const { name, valueFrom } of container.secrets ?? []) {
    given[name] = valueFrom.endsWith(':password::') ? key : await throughSecret(valueFrom, key);
  }
  return given;
}

async function throughSecret(SecretId: string, key: string): Promise<string> {
  await call('secretsmanager', 'secretsmanager.PutSecretValue', { SecretId, SecretString: key });
  const secret = await call('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId });
  return (secret as { SecretString: string }).SecretString;
}

/** Starts a program of the service with this environment and nothing else. Its log is shown when it fails. */
export function start(file: string, environment: Environment): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env: {
      PATH: process.env['PATH'],
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let log = '';
  child.stdout.on('data', (data: Buffer) => (log += data.toString()));
  child.once('exit', (code) => {
    if (code !== 0) console.error(log);
  });
  return child;
}

/** Runs a one-off task, which must end with status 0. */
export async function runTask(file: string, environment: Environment): Promise<void> {
  equal((await once(start(file, environment), 'exit'))[0], 0, file);
}
