/** Two real stores, empty, and a move between them: for the task and for tests that plant what it has to find. */
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { loadConfig, type MoveConfig } from '../../src/config/config.ts';
import { createLog } from '../../src/process/log.ts';
import { openMove, type OpenedMove } from '../../src/stores/moving/open-move.ts';
import { countUnits, type Units } from '../../src/tasks/move/units.ts';
import { catalogueDatabases } from './catalogue-databases.ts';

export interface MoveDatabases {
  /** What a process needs to move carts between them. */
  readonly env: Readonly<Record<string, string>>;
  readonly move: OpenedMove;
  readonly units: Units;
  close(): Promise<void>;
}

export const moveDirections = [
  ['postgres', 'dynamodb'],
  ['dynamodb', 'postgres'],
] as const;

export type MoveDirection = (typeof moveDirections)[number];

/** In the phase handover. */
export async function openMoveDatabases([from, to]: MoveDirection): Promise<MoveDatabases> {
  const [source, target] = await Promise.all([catalogueDatabases[from](), catalogueDatabases[to]()]);
  const env = {
    ...target.env,
    ...source.env,
    CART_STORE_MOVE_TO: to,
    CART_STORE_MOVE_PHASE: 'handover',
    DATABASE_STATEMENT_TIMEOUT_MS: '20000',
  };
  const config = loadConfig({ ...env, AUTH_MODE: 'none' });
  const units = countUnits();
  const surroundings = {
    clock: Date.now,
    currency: config.currency,
    log: createLog('silent'),
    sweeps: false,
    meter: units.meter,
  };
  const move = await openMove(config.store, config.move as MoveConfig, surroundings);
  return {
    env,
    move,
    units,
    async close() {
      await move.close();
      await Promise.all([source.close(), target.close()]);
    },
  };
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface MoveRun {
  readonly child: ChildProcess;
  /** Once it has ended. */
  readonly ended: Promise<{
    readonly status: number | null;
    readonly output: string;
    readonly errors: string;
  }>;
}

/** `npm run move` as a process of its own. @param compiled the folder of what `src/` was compiled to */
export function startMove(
  compiled: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): MoveRun {
  const child = spawn(process.execPath, [join(compiled, 'tasks/move.js'), ...args], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      LOG_LEVEL: 'silent',
      ...env,
    },
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(
    ([[status], output, errors]) => ({ status, output, errors }),
  );
  return { child, ended };
}
