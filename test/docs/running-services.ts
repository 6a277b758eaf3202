/** The services that the pages' commands are sent to, started as README.md says. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWithNpm, type ServiceProcess } from '../process/service-process.ts';

export interface DocumentedServices {
  /** Where the service of a command can be asked: `http://127.0.0.1:port`. */
  url(start: string): string;
  /** A folder that is deleted at the end. */
  readonly folder: string;
  /** Where commands find npm and node. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * @param starts the commands, `VARIABLE=value npm start` after an `npm ci`, each with variables of its own for the test
 * @param makePath the PATH of those that have none of their own, and of all commands, given the folder; else that of this process
 */
export async function startDocumented(
  starts: Readonly<Record<string, Record<string, string>>>,
  makePath: (folder: string) => string | Promise<string> = () => process.env['PATH'] ?? '',
): Promise<DocumentedServices> {
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-docs-'));
  const services = new Map<string, ServiceProcess>();
  const urls = new Map<string, string>();
  const close = async () => {
    for (const { child } of services.values())
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await Promise.all([...services.values()].map((service) => service.ended()));
    await rm(folder, { recursive: true });
  };
  const path = await makePath(folder);
  try {
    for (const [command, env] of Object.entries(starts)) {
      services.set(
        command,
        startWithNpm({ PATH: path, ...variablesOf(command), ...env, DATA_DIR: join(folder, 'data') }),
      );
    }
    for (const [command, service] of services) urls.set(command, await service.listening);
  } catch (error) {
    await close();
    throw error;
  }
  return { folder, path, url: (start) => urls.get(start) ?? '', close };
}

function variablesOf(command: string): Record<string, string> {
  const [, variables = ''] = /^(?:npm ci && )?((?:[A-Z_]+=\S+ )*)npm start$/.exec(command) ?? [];
  return Object.fromEntries(
    variables.split(' ').flatMap((pair) => (pair === '' ? [] : [pair.split('=') as [string, string]])),
  );
}
