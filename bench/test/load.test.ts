import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createLatencyHistogram } from '../load/histogram.ts';
import { promised, runClosedLoop, runOpenLoop } from '../load/generator.ts';
import { parseCpuList, readCpuSeconds } from '../processes/cpus.ts';
import { createRandom } from '../load/random.ts';

const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

describe('seeded randomness', () => {
  it('gives the same stream for the same seed and another for another', () => {
    const draw = (seed: string) =>
      Array.from({ length: 20 }, (_, i) => createRandom(`${seed}/${i}`).integer(1, 1000));
    expect(draw('7')).toEqual(draw('7'));
    expect(draw('7')).not.toEqual(draw('8'));
  });

  it('has exponential gaps with the mean and the spread of a Poisson process', () => {
    const random = createRandom(3);
    const gaps = Array.from({ length: 20_000 }, () => random.exponential(4));
    const mean = gaps.reduce((sum, gap) => sum + gap) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
    expect(mean).toBeCloseTo(0.25, 2);
    expect(variance).toBeCloseTo(0.0625, 2);
  });

  it('shuffles without losing anything', () => {
    const list = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = createRandom(1).shuffle(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(list);
  });
});

describe('latency histogram', () => {
  it('keeps three digits through encoding, and caps at 60 s', () => {
    const histogram = createLatencyHistogram();
    for (let i = 1; i <= 1000; i += 1) histogram.record(i / 10);
    histogram.record(90_000);
    const decoded = createLatencyHistogram(histogram.encode());
    expect(decoded.count).toBe(1001);
    expect(decoded.percentile(50)).toBeCloseTo(50.1, 0);
    expect(decoded.percentile(95) / 95.1).toBeCloseTo(1, 2);
    expect(decoded.figures().max / 60_000).toBeCloseTo(1, 2);
  });
});

describe('open loop', () => {
  const load = { rate: 200, warmupSeconds: 0.1, seconds: 0.5 };
  const answered = promised('x', () => Promise.resolve());

  it('sends at the same times for the same seed, at the rate that was asked for', async () => {
    const run = () => runOpenLoop({ ...load, random: createRandom(5), prepare: () => answered });
    const [first, second] = [await run(), await run()];
    expect(first.arrivals).toBe(second.arrivals);
    // 100 expected; a Poisson process stays within five standard deviations
    expect(Math.abs(first.arrivals - 100)).toBeLessThan(50);
    expect(first.succeeded).toBe(first.arrivals);
  });

  it('charges a stall to everyone who had to wait, from the time at which each should have been sent', async () => {
    let open: () => void = () => undefined;
    const stalled = new Promise<void>((resolve) => (open = resolve));
    setTimeout(() => {
      open();
    }, 1000);
    const result = await runOpenLoop({
      ...load,
      random: createRandom(5),
      prepare: () => promised('x', () => stalled),
    });
    // Nothing is answered before the window has ended, so the median request waited for half of it and more.
    expect(result.succeeded).toBe(result.arrivals);
    expect(result.latency['x']?.percentile(50)).toBeGreaterThan(200);
    expect(result.achieved).toBe(0);
  });

  it('notices its own lag', async () => {
    const result = await runOpenLoop({
      ...load,
      random: createRandom(5),
      prepare: () =>
        promised('x', () => {
          const until = performance.now() + 8;
          while (performance.now() < until);
          return Promise.resolve();
        }),
    });
    expect(result.lag.percentile(99)).toBeGreaterThan(1);
  });

  it('counts failures with their messages and keeps them out of the latencies', async () => {
    const result = await runOpenLoop({
      ...load,
      random: createRandom(5),
      prepare: () => promised('x', () => Promise.reject(new Error('refused'))),
    });
    expect(result).toMatchObject({
      succeeded: 0,
      failed: result.arrivals,
      errors: { refused: result.arrivals },
    });
    expect(result.latency).toEqual({});
  });

  it('counts what is never answered as failed', async () => {
    const result = await runOpenLoop({
      ...load,
      drainSeconds: 0.05,
      random: createRandom(5),
      prepare: () => promised('x', () => new Promise<void>(() => undefined)),
    });
    expect(result.failed).toBe(result.arrivals);
  });

  it('stops when told to', async () => {
    const signal = AbortSignal.timeout(50);
    const running = runOpenLoop({
      ...load,
      seconds: 60,
      random: createRandom(5),
      prepare: () => answered,
      signal,
    });
    await expect(running).rejects.toThrow();
  });
});

describe('closed loop', () => {
  it('never has more requests under way than it has clients', async () => {
    let [underWay, most] = [0, 0];
    const result = await runClosedLoop({
      clients: 5,
      thinkMs: 0,
      warmupSeconds: 0,
      seconds: 0.2,
      random: createRandom(1),
      prepare: () =>
        promised('x', async () => {
          most = Math.max(most, (underWay += 1));
          await pause(5);
          underWay -= 1;
        }),
    });
    expect(most).toBe(5);
    expect(result.succeeded).toBe(result.arrivals);
  });
});

it('does not send a burst when the time of thinking clients is up', async () => {
  const sent: number[] = [];
  await runClosedLoop({
    clients: 100,
    thinkMs: 1000,
    warmupSeconds: 0,
    seconds: 0.5,
    random: createRandom(1),
    prepare: () =>
      promised('x', () => {
        sent.push(performance.now());
        return Promise.resolve();
      }),
  });
  // About 50 in all, evenly spread.
  const last = sent.at(-1) ?? 0;
  expect(sent.filter((at) => at > last - 20).length).toBeLessThan(sent.length / 2);
});

it.runIf(process.platform === 'linux')('keeps the CPU time of processes that have ended', async () => {
  const burn = `${process.execPath} -e "while (process.cpuUsage().user < 3e5);"`;
  const shell = spawn('sh', ['-c', `${burn}; echo done; read -r line`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(shell.stdout, 'data');
  const pids = [shell.pid ?? 0];
  const [own, family] = [readCpuSeconds(pids) ?? 0, readCpuSeconds(pids, { ended: true }) ?? 0];
  expect(family - own).toBeGreaterThan(0.1);
  shell.stdin.end();
  await once(shell, 'exit');
});

it('reads lists of CPUs', () => {
  expect(parseCpuList('0-2,5')).toEqual([0, 1, 2, 5]);
  expect(parseCpuList('3')).toEqual([3]);
});
