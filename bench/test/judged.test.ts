import { afterAll, beforeAll, expect, it } from 'vitest';
import { summariseMixes, type MixComparison } from '../report/analysis.ts';
import { openCartApi } from '../client/cart-api.ts';
import { findMix } from '../compare/mixes.ts';
import { buildPlan } from '../compare/plan.ts';
import type { SideKey, StepRecord } from '../compare/records.ts';
import { readInvocation } from '../compare/settings.ts';
import type { Side } from '../compare/sides.ts';
import { runTrial } from '../compare/trial.ts';
import { loadData } from '../compare/workload-data.ts';
import { openDelay, type Delay } from './delay-proxy.ts';
import { startStandIn } from './start-stand-in.ts';

const DELAY_MS = 5;
const TRIAL = { warmupSeconds: 0.1, seconds: 0.3, rate: 150 };
const { settings } = readInvocation(['--primary', 'p50'], new Date());

let server: Awaited<ReturnType<typeof startStandIn>>;
let delayed: Delay;
beforeAll(async () => {
  server = await startStandIn();
  delayed = await openDelay(server.url, DELAY_MS);
});
afterAll(async () => {
  await delayed.close();
  await server.stop();
});

function openSide(key: SideKey, url: string): Side {
  const api = openCartApi(url);
  const side = { key, api, label: key, behind: url, engine: 'unsaid' as const };
  return { ...side, enginePids: () => [], close: () => Promise.resolve().then(api.close) };
}

/** One mix, in the blocks of a full run with trials that are short, against the two addresses. */
async function compare(urls: Readonly<Record<SideKey, string>>): Promise<MixComparison> {
  const sides = { first: openSide('first', urls.first), second: openSide('second', urls.second) };
  const size = { carts10: 20, carts50: 0, addCarts: 0, customers: 0 };
  const load = (side: Side) => loadData(side.api, size, { seed: 1, customerBase: 1 });
  const data = { first: await load(sides.first), second: await load(sides.second) };
  const records: StepRecord[] = [];
  for (const step of buildPlan(settings)) {
    if (step.kind !== 'trial' || step.mix !== findMix('get10') || step.spare !== false) continue;
    const trial = { ...step, ...TRIAL, step: step.id };
    const record = await runTrial({ sides, data, signal: new AbortController().signal }, trial, 1);
    // Trials in which the generator was late are kept here: a busy machine adds noise to both sides alike.
    const { discarded: _late, ...kept } = record;
    records.push(kept);
  }
  await Promise.all(Object.values(sides).map((side) => side.close()));
  const comparison = summariseMixes(records, settings)[0]?.comparison;
  if (comparison === undefined) throw new Error('nothing was compared');
  return comparison;
}

it('never calls one and the same server different', { timeout: 120_000 }, async () => {
  const { verdict, control } = await compare({ first: server.url, second: server.url });
  expect(verdict).not.toBe('different');
  expect(control?.blocks).toBe(10);
});

it('finds a server slower that answers 5 ms later, by about that', { timeout: 120_000 }, async (context) => {
  const { verdict, reason, ratio, difference } = await compare({ first: server.url, second: delayed.url });
  // Too unsteady a machine gives no verdict.
  if (verdict === 'cannot tell') context.skip(reason ?? 'the figures spread too much here');
  expect([verdict, ratio > 1]).toEqual(['different', true]);
  // A timer may come a millisecond late, and the way through the proxy is not free.
  expect(difference.high).toBeGreaterThan(DELAY_MS - 0.5);
  expect(difference.low).toBeLessThan(DELAY_MS + 2);
});
