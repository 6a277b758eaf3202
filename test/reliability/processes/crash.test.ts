/**
 * A service with an embedded engine, killed in the middle of writes: every change that was acknowledged is there once, one whose answer
 * was lost once or not at all, no cart half written, and the next start needs nobody's help. RELIABILITY_CRASHES crashes more often.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidOf } from '../../../src/cart/ids.ts';
import { createDice } from '../../support/dice.ts';
import { engineOf } from '../../process/engine-of.ts';
import { startService, type ServiceProcess } from '../../process/service-process.ts';
import { storeTypes, type StoreType } from '../../support/store-types.ts';
import { askService } from '../ask-service.ts';
import type { CartAnswer, CartCall, Sent } from '../cart-calls.ts';
import { seed } from '../seed.ts';

const CRASHES = Number(process.env['RELIABILITY_CRASHES'] ?? 2);
const WRITERS = 6;
/** Changes that are acknowledged before the crash, at most; more than a cart remembers, as lives of carts are. */
const MOST_BEFORE = 80;
/** An add of the writer's product has so many pieces: what is there twice or in part shows. */
const PIECES = 3;

let folder: string;
const started: ServiceProcess[] = [];
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'cartwright-crash-')));
});
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGKILL');
    await ended();
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe.each(storeTypes)('on %s', (type) => {
  it(
    `${CRASHES} crashes lose and double nothing`,
    async () => {
      const dice = createDice(`${seed} ${type}`);
      const writers = Array.from({ length: WRITERS }, (_, number) => createWriter(`${seed} ${type}`, number));
      for (let crash = 0; crash < CRASHES; crash += 1) {
        // The engine falls first, in every other crash.
        const { url, kill } = await startEmbedded(type, crash % 2 === 0);
        for (const writer of writers) await writer.check(url);
        // Of two crashes after the first change each nobody could say that there were more changes than crashes.
        let left = 2 + dice.below(MOST_BEFORE - 1);
        const onAcknowledged = () => {
          left -= 1;
          if (left === 0) void kill();
        };
        await Promise.all(writers.map((writer) => writer.writeUntilGone(url, onAcknowledged)));
        await kill();
      }
      const { url, kill } = await startEmbedded(type, false);
      for (const writer of writers) await writer.check(url);
      await kill();
      const acknowledged = writers.reduce((sum, writer) => sum + writer.acknowledged(), 0);
      console.log(`${type}: RELIABILITY_SEED=${seed}, ${CRASHES} crashes, ${acknowledged} changes`);
      expect(acknowledged).toBeGreaterThan(CRASHES);
    },
    120_000 + CRASHES * 60_000,
  );
});

/** @param engineFirst whether the crash takes the engine before the service */
async function startEmbedded(type: StoreType, engineFirst: boolean) {
  const dataDir = join(folder, type);
  const service = startService({ CART_STORE_TYPE: type, DATA_DIR: dataDir, ...PATIENT });
  started.push(service);
  const url = await service.listening;
  let killed: Promise<unknown> | undefined;
  async function killBoth(): Promise<unknown> {
    // Else it is told to end by the end of the service.
    if (engineFirst) process.kill((await engineOf(type, dataDir))[0]?.pid ?? NaN, 'SIGKILL');
    service.child.kill('SIGKILL');
    return service.ended();
  }
  return { url, kill: () => (killed ??= killBoth()) };
}

const PATIENT = {
  REQUEST_TIMEOUT_MS: '8000',
  DATABASE_STATEMENT_TIMEOUT_MS: '6000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '6000',
};

/** Adds to a cart of its own, one call after the other, each with a key; after a crash it finds out what became of the last. */
function createWriter(name: string, number: number) {
  const creation = uuidOf(`${name} ${number}`);
  const productId = String(number + 1);
  const cart = uuidOf(`guest\n${creation}`);
  let acknowledged = 0;
  let sent = 0;
  let open: CartCall | undefined;

  const call = (): CartCall => {
    const key = sent === 0 ? creation : uuidOf(`${creation} ${sent}`);
    const lines = [{ productId, quantity: PIECES }];
    return sent === 0 ? { do: 'create', cart, key, lines } : { do: 'add', cart, key, lines };
  };
  const made = (answer: Sent) => answer.kind === 'answered' && answer.answer.codes?.length === 0;

  async function read(url: string): Promise<CartAnswer['cart']> {
    const answer = await askService(url, { do: 'read', cart });
    if (answer.kind !== 'answered') throw new Error(`Cannot be read: ${JSON.stringify(answer)}`);
    return answer.answer.cart;
  }
  const asMany = (changes: number): unknown =>
    changes === 0
      ? null
      : expect.objectContaining({ version: changes, lines: [{ productId, quantity: changes * PIECES }] });

  return {
    acknowledged: () => acknowledged,
    async writeUntilGone(url: string, onAcknowledged: () => void): Promise<void> {
      for (;;) {
        open = call();
        if (!made(await askService(url, open))) return;
        sent += 1;
        acknowledged += 1;
        open = undefined;
        onAcknowledged();
      }
    },
    /** What was acknowledged is there, once; and what is open, once at most, and once when it is repeated. */
    async check(url: string): Promise<void> {
      const found = await read(url);
      if (!open) {
        expect(found).toEqual(asMany(sent));
        return;
      }
      expect([sent, sent + 1].map((changes) => changes * PIECES)).toContain(found?.lines[0]?.quantity ?? 0);
      expect(made(await askService(url, open))).toBe(true);
      sent += 1;
      open = undefined;
      expect(await read(url)).toEqual(asMany(sent));
    },
  };
}
