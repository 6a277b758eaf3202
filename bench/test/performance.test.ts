import { describe, expect, it } from 'vitest';
import { judge } from '../performance/report.ts';
import type { Sample } from '../performance/rounds.ts';

const sample = (figures: Partial<Sample>): Sample => ({
  cpu: 100,
  rate: 1000,
  p50: 1,
  p99: 2,
  serviceBusy: 0.99,
  serviceCore: 1,
  otherCore: 1,
  ...figures,
});

describe('a goal', () => {
  const goal = { label: 'rate', variant: 'ours', base: 'floor', figure: 'rate', atLeast: 0.9 } as const;
  const floor = [sample({}), sample({}), sample({})];
  const ours = (busy: readonly number[]) => busy.map((serviceBusy) => sample({ rate: 950, serviceBusy }));

  it('is judged by the median of the rounds', () => {
    expect(judge(goal, { ours: ours([0.99, 0.5, 0.98]), floor }).reached).toBe(true);
    expect(judge({ ...goal, atLeast: 0.96 }, { ours: ours([0.99, 0.99, 0.99]), floor }).reached).toBe(false);
  });

  it('of throughput does not count where the process did not have its core', () => {
    const judged = judge(goal, { ours: ours([0.99, 0.5, 0.8]), floor });
    expect(judged).toMatchObject({ reached: undefined, idling: 0.8 });
    const idle = judge(goal, { ours: ours([0.99]), floor: [sample({ serviceBusy: 0.7 })] });
    expect(idle).toMatchObject({ reached: true, baseIdling: 0.7 });
    expect(judge({ ...goal, figure: 'cpu' }, { ours: ours([0.5]), floor }).reached).toBe(true);
  });
});
