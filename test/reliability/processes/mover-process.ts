/**
 * Hands over whatever a walk of the source meets, walk after walk, until it is killed; a line for each page, with the outcomes as JSON.
 * MOVER_PAGE records at a time.
 */
import { setTimeout } from 'node:timers/promises';
import { loadConfig } from '../../../src/config/config.ts';
import { createLog } from '../../../src/process/log.ts';
import { openMove, type OpenedMove } from '../../../src/stores/moving/open-move.ts';
import type { MoveConfig } from '../../../src/stores/registry.ts';

/** Milliseconds from a walk that had nothing to do to the next, and after a fault. */
const PAUSE = 20;

const { store, move, currency } = loadConfig(process.env);
if (!move) throw new Error('No move is configured');
const first = Number(process.env['MOVER_PAGE'] ?? 20);
const surroundings = { clock: Date.now, currency, log: createLog('silent'), sweeps: false };

/** A start that a fault meets is repeated, as by whoever looks after the processes. */
async function open(): Promise<OpenedMove> {
  for (;;) {
    const opened = await openMove(store, move as MoveConfig, surroundings).catch(() => undefined);
    if (opened) return opened;
    await setTimeout(PAUSE);
  }
}

const { source, mover } = await open();

async function walk(): Promise<void> {
  let after: string | undefined;
  do {
    const page = await source.walk.walk({ first, ...(after !== undefined && { after }) });
    const outcomes = await mover.handOver(page.records);
    console.log(JSON.stringify(outcomes));
    after = page.next;
  } while (after !== undefined);
}

for (;;) {
  // What the databases do to it is what it is there for.
  await walk().catch(() => undefined);
  await setTimeout(PAUSE);
}
