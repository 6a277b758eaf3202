/**
 * `npm run move -- run`, `verify`, `status`: what a move from one database to the other needs beside the service. docs/move.md says when
 * each is run, and what it prints.
 */
import { constants, setPriority } from 'node:os';
import type { Config } from '../config/config.ts';
import type { Log } from '../process/log.ts';
import type { Meter } from '../metrics/meter.ts';
import type { OpenedMove } from '../stores/moving/open-move.ts';
import { readArguments, USAGE, type Arguments } from './move/arguments.ts';
import { createCircumstances, type Circumstances } from './move/circumstances.ts';
import { describeRun, runMove } from './move/run.ts';
import { describeStatus, readStatus } from './move/status.ts';
import { countUnits } from './move/units.ts';
import { describeVerify } from './move/describe-verify.ts';
import { verifyMove } from './move/verify.ts';
import { runTask, type TaskResult } from './run-task.ts';

/** Milliseconds. Nobody waits for an answer: a store that is slow is waited for, and one that puts requests off is asked again. */
const PATIENCE = {
  DATABASE_STATEMENT_TIMEOUT_MS: '30000',
  DATABASE_CONNECT_TIMEOUT_MS: '10000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '10000',
  DYNAMODB_CONNECT_TIMEOUT_MS: '5000',
  DYNAMODB_MAX_ATTEMPTS: '10',
};

type Step = (move: OpenedMove, given: Arguments, around: Circumstances) => Promise<TaskResult>;
type Action = Exclude<Arguments['action'], 'help'>;

const steps: Readonly<Record<Action, Step>> = {
  async run(move, given, around) {
    const report = await runMove(move, given, around);
    return { text: told(given, report, describeRun), status: report.complete && report.left === 0 ? 0 : 2 };
  },
  async verify(move, given, around) {
    const report = await verifyMove(move, given, around);
    const isDone = report.complete && report.completed.left === 0;
    const status = report.differences > 0 ? 1 : isDone ? 0 : 2;
    return { text: told(given, report, describeVerify), status };
  },
  async status(move, given, around) {
    return { text: told(given, await readStatus(move, given, around), describeStatus), status: 0 };
  },
};

function told<Report>({ json }: Arguments, report: Report, describe: (report: Report) => string): string {
  return json ? JSON.stringify(report, null, 2) : describe(report);
}

/** @throws Error where nothing moves, or nothing may be handed over yet */
async function open(
  { store, move, currency }: Config,
  log: Log,
  { action }: Arguments,
  meter: Meter,
): Promise<OpenedMove> {
  if (!move) {
    throw new Error(
      'No move is configured: set CART_STORE_MOVE_TO and CART_STORE_MOVE_PHASE beside CART_STORE_TYPE, as the service has them',
    );
  }
  if (action !== 'status' && move.phase !== 'handover') {
    throw new Error(
      `CART_STORE_MOVE_PHASE is ${move.phase}, in which carts stay where they are. Once every task of the service is at least in follow, ` +
        `deploy handover, and run "${action}" with CART_STORE_MOVE_PHASE=handover`,
    );
  }
  const { openMove } = await import('../stores/moving/open-move.ts');
  return openMove(store, move, { clock: Date.now, currency, log, meter, sweeps: false });
}

/** On a machine with the service on it, the service goes first. */
function yieldToTheShop(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Not every system lets a process do so.
  }
}

await runTask(
  async (config, log, ending) => {
    const given = readArguments(process.argv.slice(2));
    if (given.action === 'help') return USAGE;
    const units = countUnits();
    const move = await open(config, log, given, units.meter);
    try {
      if (given.action !== 'status') yieldToTheShop();
      await move.stores.ready();
      return await steps[given.action](move, given, createCircumstances(given.limits, units, ending));
    } finally {
      await move.close();
    }
  },
  PATIENCE,
  { endsItself: true },
);
