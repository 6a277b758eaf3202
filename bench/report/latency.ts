/** The sections on latency: differences with their verdicts, the requirements, and every mix. */
import { isMaximum, mean } from '../statistics/statistics.ts';
import type { MixComparison, MixSummary } from './analysis.ts';
import { comparedMixes, describeControl, describeRatio, describeVerdict, ms } from './answer.ts';
import type { Section } from './model.ts';
import type { RequirementFigure } from './requirements.ts';
import { INTERVAL_TRIALS, type SideFigures } from './side-figures.ts';
import type { Summary } from './summary.ts';

export function verdictSection(summary: Summary): Section {
  const { run } = summary;
  const { first, second } = run.sides;
  const figure = run.settings.primary;
  return {
    title: 'Differences',
    text: [
      `One figure per mix, the ${figure} latency, from paired blocks in random order (${run.settings.blocks} planned). Each side: mean over its blocks, with an interval from ${INTERVAL_TRIALS} on. Ratios and differences are ${second.label} against ${first.label}, block by block. Intervals are 95 % t-intervals; verdicts are corrected for the number of mixes (Holm) and keep the chance of a wrong "different" at 1 %.`,
      'The control is one side measured twice in the same block: its interval should contain 1.',
    ],
    table: {
      head: [
        'Mix',
        'Rate',
        'Blocks',
        `${first.label} ${figure}`,
        `${second.label} ${figure}`,
        'Ratio and difference',
        'Verdict',
        'Control',
      ],
      rows: comparedMixes(summary).map(({ title, rate, sides, comparison }) => [
        title,
        `${rate ?? 0}/s`,
        String(comparison.blocks),
        describePrimary(sides.first, comparison.pairs, 'first'),
        describePrimary(sides.second, comparison.pairs, 'second'),
        describeRatio(comparison),
        run.settings.quick ? 'none (quick run)' : describeVerdict(summary, comparison),
        describeControl(comparison),
      ]),
    },
    chart: 'differences',
  };
}

/** "8.70 ms (8.10 to 9.30)"; with fewer blocks than an interval needs the mean alone. */
function describePrimary(
  side: SideFigures | undefined,
  pairs: MixComparison['pairs'],
  key: 'first' | 'second',
): string {
  if (side?.overTrials === undefined) return ms(mean(pairs.map((pair) => pair[key])));
  const { mean: centre, low, high } = side.overTrials.primary;
  return `${ms(centre)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** "holds: 3.90 ms (250 requests)". */
export function describeRequirement({ outcome, p95, count, failed }: RequirementFigure): string {
  if (outcome === 'not measured') return outcome;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  return `${outcome}: ${p95 === undefined ? 'none succeeded' : ms(p95)} (${count} requests${failures})`;
}

export function requirementsSection({ requirements, run }: Summary): Section {
  return {
    title: 'Requirements',
    text: [
      'Each holds when the p95 over all its requests is below the limit and none of them failed, at the rates of this run on this machine. Fewer than 20 requests are too few for a p95.',
    ],
    table: {
      head: ['Requirement', 'Limit (p95)', run.sides.first.label, run.sides.second.label],
      rows: requirements.map(({ title, limit, sides }) => [
        title,
        `< ${limit} ms`,
        describeRequirement(sides.first),
        describeRequirement(sides.second),
      ]),
    },
  };
}

function describeThroughput({ throughput, overTrials }: SideFigures): string {
  if (overTrials === undefined) return `${throughput.toFixed(0)}/s`;
  const { low, high } = overTrials.throughput;
  return `${throughput.toFixed(0)}/s (${low.toFixed(1)} to ${high.toFixed(1)})`;
}

function describeCpu({ serviceCpuMs, engineCpuMs }: SideFigures): string {
  if (serviceCpuMs === undefined) return 'unknown';
  return `${serviceCpuMs.toFixed(2)} + ${engineCpuMs === undefined ? 'unknown' : engineCpuMs.toFixed(2)} ms`;
}

function latencyRows(mix: MixSummary, { run }: Summary): string[][] {
  return (['first', 'second'] as const).map((key) => {
    const side = mix.sides[key];
    const load = mix.clients === undefined ? `${mix.rate ?? 0}/s` : `${mix.clients} clients`;
    const begin = [mix.title, load, run.sides[key].label];
    if (side === undefined) return [...begin, ...new Array<string>(8).fill('not measured')];
    const { latency } = side;
    return [
      ...begin,
      ms(latency.p50),
      ms(latency.p95),
      isMaximum(latency.count, 99) ? '= maximum' : ms(latency.p99),
      ms(latency.max),
      `${side.failed} of ${side.arrivals}`,
      describeThroughput(side),
      describeCpu(side),
      `${(100 * side.generatorCpu).toFixed(0)} %`,
    ];
  });
}

export function latencySection(summary: Summary): Section {
  return {
    title: 'All mixes',
    text: [
      `Percentiles are of all requests of a side together. Open loop at a rate: latency counts from the intended send time. A fixed number of clients: from the send. CPU is that of the service plus that of its database engine, for each request; the generator's is its share of one CPU. Where there are ${INTERVAL_TRIALS} trials or more, answers per second have their 95 % t-interval over the trials.`,
    ],
    table: {
      head: [
        'Mix',
        'Load',
        'Side',
        'p50',
        'p95',
        'p99',
        'Maximum',
        'Failed',
        'Answered',
        'CPU a request',
        'Generator',
      ],
      rows: summary.mixes.flatMap((mix) => latencyRows(mix, summary)),
    },
    chart: 'percentiles',
  };
}
