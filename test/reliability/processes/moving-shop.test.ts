/**
 * A shop that sells while its carts move to the other database and back: eight shoppers check each of their answers, four processes are replaced stage by
 * stage, and the mover, `npm run move -- run`, is killed again and again. Nothing is lost, nothing is there twice, no request fails but for those that are
 * sent again, and `verify` finds no difference. RELIABILITY_SHOP_CARTS says how many carts there are (without it nothing is played), RELIABILITY_SHOP_KILLS how often
 * a mover is killed. How long answers took is told for each part of the way: on an idle machine, with RELIABILITY_SHOP_KILLS=0, RELIABILITY_SHOP_RATE at half
 * of what the service can do in a second, and RELIABILITY_SHOP_QUIET of 60000, it compares `mover` to `handover`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createDice } from '../../support/dice.ts';
import { item, newCart } from '../../support/carts.ts';
import type {} from '../../support/compile-service.ts';
import { stageAt, type Stage } from '../moving/journey.ts';
import { createShopper, problemOf } from '../moving/shopper.ts';
import { seed } from '../seed.ts';
import { openMovingCluster, type MovingCluster } from './move-cluster.ts';

const CARTS = Number(process.env['RELIABILITY_SHOP_CARTS'] ?? 0);
const KILLS = Number(process.env['RELIABILITY_SHOP_KILLS'] ?? 10);
const SHOPPERS = 8;
/** Requests of all shoppers in a second, at most; as many as are answered unless given. */
const REQUESTS = Number(process.env['RELIABILITY_SHOP_RATE'] ?? Infinity);
/** Milliseconds in `handover` before the first mover starts. */
const QUIET = Number(process.env['RELIABILITY_SHOP_QUIET'] ?? 2_000);
/** Carts of one commit, and of one load. */
const TOGETHER = 50;
/** Milliseconds after which nothing of a process that was killed can land any more: the longest statement, and a little. */
const LANDED = 2_000;
/** Carts a second for which a mover that is to be killed is slow enough to be met at work. */
const RATE = Math.max(20, Math.ceil(CARTS / (KILLS * 4)));

/** Milliseconds of answers, by the part of the way. */
const times = new Map<string, number[]>();
let part = 'alone';

let cluster: MovingCluster;
let folder: string;
beforeAll(async () => {
  if (CARTS === 0) return;
  folder = await mkdtemp(join(tmpdir(), 'cartwright-shop-'));
  cluster = await openMovingCluster(stageAt(0));
}, 180_000);
afterAll(async () => {
  if (CARTS === 0) return;
  await cluster.close();
  await rm(folder, { recursive: true, force: true });
});

it.runIf(CARTS > 0)(
  `${CARTS} carts move there and back, and nobody notices`,
  async () => {
    const dice = createDice(`${seed} shop`);
    const shoppers = await openShop();
    let over = false;
    const shopping = Promise.all(shoppers.map((shopper) => shopper.shop(() => over)));
    // Else it would be nobody's until the end of the way.
    shopping.catch(() => undefined);
    try {
      for (const from of [0, 1] as const) await moveFrom(from, dice, shopping);
    } finally {
      over = true;
    }
    await shopping;
    await checkAll(shoppers);
    const sum = (what: 'answered' | 'repeated') =>
      shoppers.reduce((total, { counts }) => total + counts[what], 0);
    console.log(
      `RELIABILITY_SEED=${seed}: ${sum('answered')} requests of shoppers, ${sum('repeated')} sent again\n${describeTimes()}`,
    );
    expect(sum('answered')).toBeGreaterThan(100);
  },
  600_000 + CARTS * 100 + KILLS * 60_000,
);

async function openShop() {
  const shoppers = [];
  for (let number = 0; number < SHOPPERS; number += 1) {
    const carts = Array.from({ length: Math.ceil(CARTS / SHOPPERS) }, () =>
      newCart(Date.now(), { items: [item(1 + (number % 5), 2)] }),
    );
    for (let at = 0; at < carts.length; at += TOGETHER)
      await cluster.direct[0].source.carts.commit(carts.slice(at, at + TOGETHER).map((after) => ({ after })));
    const name = `${seed} shopper ${number}`;
    const dice = createDice(name);
    const pause = (SHOPPERS * 1000) / REQUESTS;
    shoppers.push(createShopper({ members: cluster.members, dice, name, carts, pause, timed }));
  }
  return shoppers;
}

function timed(milliseconds: number): void {
  const those = times.get(part) ?? [];
  times.set(part, those);
  those.push(milliseconds);
}

function describeTimes(): string {
  const lines = [...times].map(([name, all]) => {
    const sorted = all.sort((a, b) => a - b);
    const [half, most] = [0.5, 0.99].map((share) => sorted[Math.floor(share * sorted.length)] ?? NaN);
    return `${name}: ${all.length} answers, p50 ${half?.toFixed(1)} ms, p99 ${most?.toFixed(1)} ms`;
  });
  return lines.join('\n');
}

async function moveFrom(from: 0 | 1, dice: ReturnType<typeof createDice>, shopping: Promise<unknown>) {
  await deploy({ phase: 'follow', from });
  await deploy({ phase: 'handover', from });
  part = `handover ${from}`;
  await new Promise((resolve) => setTimeout(resolve, Math.max(LANDED, QUIET)));
  part = `movers that are killed ${from}`;
  const state = join(folder, `position ${from}`);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const run = startTask(from, ['run', '--state', state, '--rate', String(RATE)]);
    await Promise.race([changeOf(state), run.ended, shopping]);
    await new Promise((resolve) => setTimeout(resolve, dice.below(300)));
    run.child.kill('SIGKILL');
    await run.ended;
  }
  part = `mover ${from}`;
  // What others were faster at is met by the next one.
  for (let status = 2; status !== 0;) {
    const run = startTask(from, ['run', '--state', state]);
    status = await run.ended;
    if (status === 1) throw new Error(run.output());
    console.log(run.output());
  }
  part = `verify ${from}`;
  const verify = startTask(from, ['verify']);
  expect([await verify.ended, verify.output()]).toEqual([0, expect.any(String)]);
  console.log(verify.output());
  await deploy({ phase: 'plain', from: from === 0 ? 1 : 0 });
}

/** Two processes at a time, so that both phases are at work. */
async function deploy(stage: Stage): Promise<void> {
  part = 'deployments';
  const [a, b, c, d] = cluster.members;
  for (const pair of [
    [a, b],
    [c, d],
  ])
    await Promise.all(pair.map((member) => member?.restart(stage) ?? Promise.resolve()));
}

/** `npm run move`, compiled. */
function startTask(from: 0 | 1, args: readonly string[]) {
  const child = spawn(process.execPath, [join(inject('compiled'), 'tasks/move.js'), ...args], {
    env: {
      PATH: process.env['PATH'],
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...cluster.envOfMove(from),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number);
  return { child, ended, output: () => output };
}

async function changeOf(path: string): Promise<void> {
  const timeOf = async () => (await stat(path).catch(() => undefined))?.mtimeMs;
  const before = await timeOf();
  for (let time = 0; time < 600; time += 1) {
    if ((await timeOf()) !== before) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function checkAll(shoppers: readonly ReturnType<typeof createShopper>[]): Promise<void> {
  const { source, target } = cluster.direct[0];
  const problems: string[] = [];
  for (const shopper of shoppers) {
    const expected = [...shopper.expected()];
    for (let at = 0; at < expected.length; at += TOGETHER) {
      const some = expected.slice(at, at + TOGETHER);
      const ids = some.map(([id]) => id);
      const [here, there] = await Promise.all(
        [source, target].map(({ carts }) => carts.load(ids, { consistent: true })),
      );
      some.forEach(([id, view], index) => {
        const problem = problemOf(id, view, [here?.[index], there?.[index]]);
        if (problem !== undefined) problems.push(problem);
      });
    }
  }
  expect(problems).toEqual([]);
}
