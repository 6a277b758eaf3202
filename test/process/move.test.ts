/** `npm run move` as a process: killed and run again, ended by a signal, and what it refuses. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../support/compile-service.ts';
import { item, newCart } from '../support/carts.ts';
import {
  moveDirections,
  openMoveDatabases,
  startMove,
  type MoveDatabases,
} from '../support/move-databases.ts';

const CARTS = 260;

describe.each(moveDirections.map((direction) => ({ direction })))(
  'npm run move $direction',
  ({ direction }) => {
    let databases: MoveDatabases;
    let folder: string;
    const start = (...args: string[]) => startMove(inject('compiled'), databases.env, args);
    const handedOver = async () => {
      const { records } = await databases.move.target.walk.walk({ first: 1000 });
      return records.length;
    };
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'cartwright-move-'));
      databases = await openMoveDatabases(direction);
      const { carts } = databases.move.source;
      const made = Array.from({ length: CARTS }, (_, at) => newCart(Date.now(), { items: [item(1 + at)] }));
      await Promise.all(made.map((after) => carts.commit([{ after }])));
    });
    afterAll(async () => {
      await databases.close();
      await rm(folder, { recursive: true });
    });

    it('goes on where it was killed', async () => {
      const state = join(folder, 'state');
      const killed = start('run', '--rate', '20', '--state', state);
      while ((await stat(state).catch(() => undefined)) === undefined) await pause(20);
      killed.child.kill('SIGKILL');
      expect((await killed.ended).status).toBeNull();
      const before = await handedOver();
      expect(before).toBeGreaterThan(0);
      expect(before).toBeLessThan(CARTS);
      const rest = await start('run', '--state', state, '--json').ended;
      // A slow machine is told how far it is.
      expect(rest.errors).toMatch(/^It goes on where the walk was at 20\d\d-\S+Z, as \S+ has it\n(\[.*\n)*$/);
      const report = JSON.parse(rest.output) as { met: number; left: number; complete: boolean };
      expect([rest.status, report.complete, report.left]).toEqual([0, true, 0]);
      expect(report.met).toBeLessThan(CARTS);
      expect(await handedOver()).toBe(CARTS);
      expect(await stat(state).catch(() => 'gone')).toBe('gone');
      const verified = await start('verify').ended;
      expect(verified.output).toContain('No differences.');
      expect(verified.status).toBe(0);
    });

    it('says that its file must not be a folder', async () => {
      const { status, errors } = await start('run', '--state', folder).ended;
      expect(errors).toMatch(
        /^--state must name a file that can be read and written, but was ".*", a folder\n$/,
      );
      expect(status).toBe(1);
    });

    it('ends soon after a signal, with its report', async () => {
      const state = join(folder, 'signal');
      const run = start('run', '--rate', '1', '--state', state);
      while ((await stat(state).catch(() => undefined)) === undefined) await pause(20);
      run.child.kill('SIGTERM');
      const { status, output } = await run.ended;
      expect(output).toContain('It was ended before its end: run it again.');
      expect(status).toBe(2);
    });

    it('tells of differences by its status', async () => {
      const { carts } = databases.move.source;
      await carts.commit([{ after: newCart(Date.now(), { customerId: 'alice' }) }]);
      const { status, output } = await start('verify').ended;
      expect(output).toContain('of customer alice: not handed over');
      expect(status).toBe(1);
      expect((await start('status').ended).output).toContain('left to hand over: 1');
    });
  },
  120_000,
);

describe('npm run move', () => {
  const run = (env: Record<string, string>, ...args: string[]) =>
    startMove(inject('compiled'), env, args).ended;
  const follow = {
    DATABASE_URL: 'postgres://app:hunter2@127.0.0.1:1/shop',
    CART_STORE_MOVE_TO: 'dynamodb',
    CART_STORE_MOVE_PHASE: 'follow',
  };

  it('says how it is used, and what is not as it must be', async () => {
    const help = await run(follow, '--help');
    expect([help.status, help.output]).toEqual([0, expect.stringContaining('npm run move -- run')]);
    expect(await run({ DATABASE_URL: follow.DATABASE_URL }, 'status')).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/^No move is configured: set CART_STORE_MOVE_TO and/) as string,
    });
    for (const action of ['run', 'verify'])
      expect(await run(follow, action)).toMatchObject({
        status: 1,
        errors: expect.stringMatching(/^CART_STORE_MOVE_PHASE is follow, in which carts stay/) as string,
      });
  });
}, 60_000);
