import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stopOrphans } from './engine-orphans.ts';
import { spawnEngine, type EngineProcess } from './engine-process.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { withFreePort } from './free-port.ts';
import { keepRunning, silentEvents, type EngineEvents } from './keep-running.ts';

export interface EmbeddedDynamoDBOptions {
  /** Folder for the data, created when absent (mode 0700) and used again at the next start. Absent: in memory. */
  dataDir?: string;
  /** Receives each line that the engine logs. */
  log?: (line: string) => void;
  /** Hears of an engine that ends by itself. One with a data folder is started again; one in memory is lost. */
  events?: EngineEvents;
}

export interface EmbeddedDynamoDB {
  /** `http://127.0.0.1:port`. Any region and credentials will do; all of them see the same tables. */
  endpoint: string;
  /** Stops the engine. Safe to call again. */
  close: () => Promise<void>;
}

const SIGNALS = ['SIGTERM', 'SIGKILL'] as const;

/**
 * Starts a DynamoDB-compatible engine from an npm package, for development and tests, reachable on 127.0.0.1 only. It ends
 * with this process however that ends, and acknowledged writes to a data folder survive that. Throws an Error that says
 * what to do when the data folder is in use (naming the process) or when this platform has no such package.
 */
export async function startEmbeddedDynamoDB(
  options: EmbeddedDynamoDBOptions = {},
): Promise<EmbeddedDynamoDB> {
  const binary = findDynamoDBBinary();
  const { dataDir, log = () => undefined, events = silentEvents } = options;
  // The engine does not lock its file, and two of them would corrupt it.
  const lock = dataDir === undefined ? undefined : await lockFolder(dataDir);
  try {
    const file = lock && (await prepareFile(lock, log));
    const { engine, port } = await withFreePort(async (port) => ({
      port,
      engine: await startEngine(binary, port, file, log),
    }));
    const restart = async (): Promise<EngineProcess> => {
      if (lock === undefined) throw new Error('Its tables were in memory.');
      return startEngine(binary, port, await prepareFile(lock, log), log);
    };
    const running = keepRunning({ name: 'The embedded DynamoDB engine', engine, restart, events });
    let closing: Promise<void> | undefined;
    return {
      endpoint: `http://127.0.0.1:${port}`,
      close: () => (closing ??= running.stop().then(async () => lock?.release())),
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

/** The path of the installed engine; throws an Error that says what to do when there is none. */
export function findDynamoDBBinary(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@dynoxide/${platform}-${arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), 'dynoxide');
  } catch {
    throw new Error(
      `No DynamoDB engine to start: the optional package ${name} is not installed (there is one for linux-x64 only). ` +
        'Start another engine, such as DynamoDB Local: docker run --rm -p 8000:8000 amazon/dynamodb-local ' +
        'and set AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000.',
    );
  }
}

async function prepareFile(lock: FolderLock, log: (line: string) => void): Promise<string> {
  const file = join(lock.folder, 'dynamodb.sqlite');
  const option = `--db-path ${file}`;
  await stopOrphans({ program: 'dynoxide', marker: option, leader: option, signals: SIGNALS, log });
  return file;
}

async function startEngine(
  command: string,
  port: number,
  file: string | undefined,
  log: (line: string) => void,
): Promise<EngineProcess> {
  const args = [
    'serve',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    ...(file === undefined ? [] : ['--db-path', file]),
  ];
  const engine = spawnEngine({ name: 'The DynamoDB engine', command, args, signals: SIGNALS, log });
  try {
    await engine.waitForLine(/Dynoxide listening on/);
  } catch (error) {
    await engine.stop();
    throw error;
  }
  return engine;
}
