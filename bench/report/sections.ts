/** The sections of a report in Markdown. */
import { readsOf, type StaleReads } from '../compare/consistency.ts';
import { SIDES, type StepRecord } from '../compare/records.ts';
import { answerCost, count, dollars } from '../cost/answer.ts';
import { readQuestion } from '../cost/question.ts';
import { OPERATIONS, type RequestUnits } from '../cost/units.ts';
import { isMaximum, mean, sumOf, type Interval } from '../statistics.ts';
import { comparedMixes, describeRatio, describeVerdict, factor } from './answer.ts';
import { drawDifferences, drawPercentiles, drawRates } from './charts.ts';
import { describeRequirement, ms } from './requirements.ts';
import { table } from './table.ts';
import { INTERVAL_TRIALS, type MixSummary, type SideFigures, type Summary } from './summary.ts';

type Draw = (summary: Summary, records: readonly StepRecord[]) => ReturnType<typeof drawRates>;

/** The parts are in Markdown. */
const section = (title: string, parts: readonly string[], chart?: Draw) => {
  return { title, text: parts.filter((part) => part !== '').join('\n\n'), chart };
};
type Section = ReturnType<typeof section>;

/** "8.70 ms (8.10 to 9.30)"; with fewer trials than an interval needs the value alone. */
const withInterval = (value: string, interval: Interval | undefined): string =>
  interval === undefined ? value : `${value} (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;

function verdictSection(summary: Summary): Section {
  const { first, second } = summary.run.sides;
  const { primary, blocks, quick } = summary.run.settings;
  const rows = comparedMixes(summary).map(({ title, rate, sides, comparison }) => {
    const { control } = comparison;
    const figures = SIDES.map((key) => {
      const interval = sides[key]?.overTrials?.[primary];
      const value = ms(interval?.estimate ?? mean(comparison.pairs.map((pair) => pair[key])));
      return `${withInterval(value, interval)}, lag ${ms(sides[key]?.lagP99)}`;
    });
    const range = control && control.blocks >= INTERVAL_TRIALS;
    return [
      ...[title, `${rate ?? 0}/s`, String(comparison.blocks), ...figures, describeRatio(comparison)],
      quick ? 'none (quick run)' : describeVerdict(summary, comparison),
      control
        ? factor(control.ratio) + (range ? ` (${factor(control.low)} to ${factor(control.high)})` : '')
        : 'not measured',
    ];
  });
  const titles = ['Mix', 'Rate', 'Blocks', `${first.label} ${primary}`, `${second.label} ${primary}`];
  return section(
    'Differences',
    [
      `One figure per mix, the ${primary} latency, from paired blocks in random order (${blocks} planned). Each side: mean over its blocks, with an interval from ${INTERVAL_TRIALS} on, and how late the generator was in the worst trial (p99). Ratios and differences are ${second.label} against ${first.label}, block by block. Intervals are 95 % t-intervals; verdicts are corrected for the number of mixes (Holm) and keep the chance of a wrong "different" at 1 %.`,
      'The control is one side measured twice in the same block: its interval should contain 1.',
      table([...titles, 'Ratio and difference', 'Verdict', 'Control'], rows),
    ],
    drawDifferences,
  );
}

function requirementsSection({ requirements, run }: Summary): Section {
  const rows = requirements.map(({ title, limit, sides }) => [
    ...[title, `< ${limit} ms`, describeRequirement(sides.first), describeRequirement(sides.second)],
  ]);
  return section('Requirements', [
    'Each holds when the p95 over all its requests is below the limit and none of them failed, at the rates of this run on this machine. Fewer than 20 requests are too few for a p95.',
    table(['Requirement', 'Limit (p95)', run.sides.first.label, run.sides.second.label], rows),
  ]);
}

function describeCpu({ serviceCpuMs, engineCpuMs }: SideFigures): string {
  if (serviceCpuMs === undefined) return 'unknown';
  return `${serviceCpuMs.toFixed(2)} + ${engineCpuMs === undefined ? 'unknown' : engineCpuMs.toFixed(2)} ms`;
}

function describeLag({ lagP99, lagAdds }: SideFigures): string {
  if (lagP99 === undefined) return 'none';
  return lagAdds === undefined ? ms(lagP99) : `${ms(lagP99)}, adds ${ms(lagAdds)} to p95`;
}

function latencyRows(mix: MixSummary, { run }: Summary): string[][] {
  return SIDES.map((key) => {
    const side = mix.sides[key];
    const load = mix.clients === undefined ? `${mix.rate ?? 0}/s` : `${mix.clients} clients`;
    const begin = [mix.title, load, run.sides[key].label];
    if (side === undefined) return [...begin, ...new Array<string>(9).fill('not measured')];
    const { latency, overTrials } = side;
    return [
      ...begin,
      withInterval(ms(latency.p50), overTrials?.p50),
      withInterval(ms(latency.p95), overTrials?.p95),
      isMaximum(latency.count, 99) ? '= maximum' : withInterval(ms(latency.p99), overTrials?.p99),
      ms(latency.max),
      describeLag(side),
      `${side.failed} of ${side.arrivals}`,
      withInterval(`${side.throughput.toFixed(0)}/s`, overTrials?.throughput),
      describeCpu(side),
      `${(100 * side.generatorCpu).toFixed(0)} %`,
    ];
  });
}

function latencySection(summary: Summary): Section {
  const figures = ['p50', 'p95', 'p99', 'Maximum', 'Lag', 'Failed', 'Answered', 'CPU a request', 'Generator'];
  const rows = summary.mixes.flatMap((mix) => latencyRows(mix, summary));
  return section(
    'All mixes',
    [
      `Percentiles are of all requests of a side together; in brackets, where there are ${INTERVAL_TRIALS} trials or more, the 95 % t-interval of the mean over the trials. Open loop at a rate: latency counts from the intended send time, and the lag is the generator's in the worst trial (p99), with what it adds to the p95 at most. A fixed number of clients: from the send. CPU is that of the service plus that of its database engine, for each request; the generator's is its share of one CPU.`,
      table(['Mix', 'Load', 'Side', ...figures], rows),
    ],
    drawPercentiles,
  );
}

function kneeSection({ knees, run }: Summary): Section {
  const rows = knees.map(({ side, rate, unresolved, confirmations, atLeast, probes }) => {
    const found = `${atLeast ? 'at least ' : ''}${rate ?? 0}/s`;
    const lag = probes.findLast((probe) => probe.rate === rate)?.lagP99;
    return [
      ...[run.sides[side].label, rate === undefined ? `none: ${unresolved ?? 'not found'}` : found],
      ...[`${confirmations} times`, String(probes.length), lag === undefined ? 'not recorded' : ms(lag)],
    ];
  });
  return section(
    'The knee',
    [
      'The highest rate of the cart mix with p99 within 100 ms and at least 99 % of it achieved, found to within 10 % and confirmed by two more trials.',
      table(['Side', 'Knee', 'Confirmed', 'Trials', 'Lag there, p99'], rows),
    ],
    drawRates,
  );
}

const NOT_OBSERVABLE = 'not observable here';

/** @param aws where the engine is another one, no lag can be seen */
function describeReads({ reads, failed, stale, never, delay }: StaleReads, aws: boolean): string {
  const failures = failed > 0 ? `; ${failed} reads failed` : '';
  if (reads === 0) return `not measured${failures}`;
  if (stale === 0) return `${aws ? `0 of ${reads} stale` : `${NOT_OBSERVABLE} (0 of ${reads})`}${failures}`;
  const times = Object.entries(delay ?? {}).map(([name, value]) => `${name} ${value.toFixed(0)} ms`);
  const late = delay ? `; delay ${times.join(', ')}` : '';
  const share = ((100 * stale) / reads).toFixed(1);
  return `${stale} of ${reads} stale (${share} %)${late}${never > 0 ? `; ${never} not within 5 s` : ''}${failures}`;
}

function consistencySection({ consistency, run }: Summary): Section {
  const isAws = (side: (typeof SIDES)[number]) => run.sides[side].engine === 'aws';
  const failedWrites = sumOf(consistency, ({ figures }) => figures.failedWrites);
  const quiet = consistency.some(
    ({ side, figures }) => !isAws(side) && readsOf(figures).every(({ stale }) => stale === 0),
  );
  const rows = consistency.map(({ side, reads = 'as configured', figures }) => {
    const { refused, updates, lost, doubled } = figures.rapidUpdates;
    const [create = '', add = '', history = '', rapid = ''] = readsOf(figures).map((of) =>
      describeReads(of, isAws(side)),
    );
    return [
      ...[run.sides[side].label, reads, create, add, history],
      ...[`${rapid}; ${refused} of ${updates} refused`, `${lost} lost, ${doubled} doubled`],
    ];
  });
  const patterns = ['After create', 'After add', 'History after create', '8 clients on one cart'];
  return section('Consistency', [
    'A read right after the answer to a write: how many did not show it, and how long until one did.',
    failedWrites > 0 ? `${failedWrites} writes failed, so no read followed them.` : '',
    quiet
      ? `"${NOT_OBSERVABLE}": an embedded engine or an emulator keeps one copy of the data, so no read can lag. It says nothing about AWS.`
      : '',
    table(['Side', 'Reads', ...patterns, 'Lost or doubled'], rows),
  ]);
}

const INSTANCES = ['db.t4g.micro', 'db.t4g.medium', 'db.m7g.large'];

const units = ({ read, write }: RequestUnits) => `${read.toFixed(2)} read, ${write.toFixed(2)} write`;

/** Where the units come from, and what was measured beside the operations of the mix. */
function unitsText({ units: measured, costUnits }: Summary): string[] {
  const perOperation = OPERATIONS.map((name) => `${name} ${units(costUnits[name])}`).join('; ');
  if (measured === undefined) return [`Request units per operation, by the formula: ${perOperation}.`];
  const { operations, formula, cartBytes, merge } = measured;
  const differing = OPERATIONS.filter((name) => units(operations[name]) !== units(formula[name]));
  const agreement =
    differing.length === 0 ? 'gives the same for every operation' : `differs for ${differing.join(', ')}`;
  return [
    `Request units per operation, measured with ReturnConsumedCapacity on carts of ${cartBytes} bytes; the formula ${agreement}: ${perOperation}.`,
    merge
      ? `A merge of two such carts, a transaction, takes ${units(merge.measured)}; by the formula ${units(merge.formula)}.`
      : '',
  ];
}

function costSection(summary: Summary): Section {
  const question = { ...readQuestion([]), units: summary.costUnits };
  const { dynamodb, crossovers } = answerCost(question);
  const rows = crossovers
    .filter(({ instance, multiAz }) => multiAz && INSTANCES.includes(instance))
    .map(({ instance, dollars: price, rate, operationsPerMonth }) => [
      ...[instance, dollars(price), `${count(rate)}/s`, `${count(operationsPerMonth / 1e6)} million`],
    ]);
  return section('Cost of the databases', [
    ...unitsText(summary),
    `A million operations of the cart mix (70 % reads) cost ${dollars(dynamodb.perMillionOperations)} on DynamoDB on demand in ${question.region}, with storage and point-in-time recovery. An instance costs the same at any rate it carries: how much that is must be measured on AWS.`,
    table(
      ['Instance, two zones, 20 GB', 'A month', 'DynamoDB is cheaper below', 'Operations a month there'],
      rows,
    ),
  ]);
}

function environmentSection({ run: { environment, settings, startedAt } }: Summary): Section {
  const { commit, system, node, memoryGb, cpus, cpu, pinning, loadBefore } = environment;
  const pinned =
    pinning === 'none'
      ? 'none'
      : `generator ${pinning.generator}, service ${pinning.service}, engine ${pinning.engine}`;
  const { blocks, trial, seed } = settings;
  const rows = [
    ['Measured commit', commit],
    ['Started', startedAt],
    ['System', `${system}, Node ${node}, ${memoryGb} GB`],
    ['CPUs', `${cpus} × ${cpu}; pinned: ${pinned}`],
    ['Load before the start', String(loadBefore)],
    ['Seed', String(seed)],
    ['Blocks and trials', `${blocks} blocks; ${trial.warmupSeconds} s warm-up, ${trial.seconds} s measured`],
  ];
  return section('Where and how', [table(['What', 'Value'], rows)]);
}

export const sectionsOf = (summary: Summary): Section[] =>
  [
    ...[verdictSection, requirementsSection, latencySection, kneeSection],
    ...[consistencySection, costSection, environmentSection],
  ].map((write) => write(summary));
