/** What a report says, independent of its format: the answer, the caveats, and sections of text and tables. */
import { costSection, missionSection } from './report-cost.ts';
import { consistencySection } from './report-consistency.ts';
import type { ChartName } from './charts.ts';
import type { MixSummary } from './analysis.ts';
import {
  answerLines,
  caveatLines,
  comparedMixes,
  describeControl,
  describeRatio,
  describeVerdict,
  ms,
} from './report-answer.ts';
import type { Summary } from './summary.ts';

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface Section {
  readonly title: string;
  readonly text?: readonly string[];
  readonly table?: Table;
  readonly chart?: ChartName;
}

export interface ReportContent {
  readonly title: string;
  readonly answer: readonly string[];
  readonly caveats: readonly string[];
  readonly sections: readonly Section[];
}

function verdictSection(summary: Summary): Section {
  const { run } = summary;
  const { first, second } = run.sides;
  const figure = run.settings.primary;
  return {
    title: 'Differences',
    text: [
      `One figure per mix, the ${figure} latency, from ${run.settings.blocks} paired blocks in random order. Ratios and differences are ${second.label} against ${first.label}, with 95 % t-intervals; verdicts are corrected for the number of mixes (Holm) and keep the chance of a wrong "different" at 1 %.`,
      'The control is one side measured twice in the same block: its interval should contain 1.',
    ],
    table: {
      head: [
        'Mix',
        'Rate',
        `${first.label} ${figure}`,
        `${second.label} ${figure}`,
        'Ratio and difference',
        'Verdict',
        'Control',
      ],
      rows: comparedMixes(summary).map(({ title, rate, sides, comparison }) => [
        title,
        `${rate ?? 0}/s`,
        ms(sides.first?.latency[figure]),
        ms(sides.second?.latency[figure]),
        describeRatio(comparison),
        run.settings.quick ? 'none (quick run)' : describeVerdict(summary, comparison),
        describeControl(comparison),
      ]),
    },
    chart: 'differences',
  };
}

function requirementsSection({ requirements, run }: Summary): Section {
  return {
    title: 'Requirements',
    text: [
      'Each holds when the p95 is below the limit and no request failed, at the rates of this run on this machine.',
    ],
    table: {
      head: ['Requirement', 'Limit (p95)', run.sides.first.label, run.sides.second.label],
      rows: requirements.map(({ title, limit, p95, outcome }) => [
        title,
        `< ${limit} ms`,
        outcome.first === 'not measured' ? 'not measured' : `${outcome.first}: ${ms(p95.first)}`,
        outcome.second === 'not measured' ? 'not measured' : `${outcome.second}: ${ms(p95.second)}`,
      ]),
    },
  };
}

function latencyRows(mix: MixSummary, { run }: Summary): string[][] {
  return (['first', 'second'] as const).map((key) => {
    const side = mix.sides[key];
    const load = mix.clients === undefined ? `${mix.rate ?? 0}/s` : `${mix.clients} clients`;
    if (side === undefined)
      return [mix.title, load, run.sides[key].label, ...new Array<string>(7).fill('not measured')];
    const { latency } = side;
    return [
      mix.title,
      load,
      run.sides[key].label,
      ms(latency.p50),
      ms(latency.p95),
      ms(latency.p99),
      ms(latency.max),
      `${side.failed} of ${side.arrivals}`,
      `${side.throughput.toFixed(0)}/s`,
      side.serviceCpuMs === undefined
        ? 'unknown'
        : `${side.serviceCpuMs.toFixed(2)} + ${(side.engineCpuMs ?? 0).toFixed(2)} ms`,
    ];
  });
}

function latencySection(summary: Summary): Section {
  return {
    title: 'All mixes',
    text: [
      'Open loop at a rate: latency counts from the intended send time. A fixed number of clients: from the send. CPU is that of the service plus that of its database engine, for each request.',
    ],
    table: {
      head: ['Mix', 'Load', 'Side', 'p50', 'p95', 'p99', 'Maximum', 'Failed', 'Answered', 'CPU a request'],
      rows: summary.mixes.flatMap((mix) => latencyRows(mix, summary)),
    },
    chart: 'percentiles',
  };
}

function kneeSection({ knees, run }: Summary): Section {
  return {
    title: 'The knee',
    text: [
      'The highest rate of the cart mix with p99 within 100 ms and at least 99 % of it achieved, confirmed by two more trials.',
    ],
    table: {
      head: ['Side', 'Knee', 'Confirmed', 'Trials'],
      rows: knees.map(({ side, rate, unresolved, confirmations, atLeast, probes }) => [
        run.sides[side].label,
        rate === undefined ? `none: ${unresolved ?? 'not found'}` : `${atLeast ? 'at least ' : ''}${rate}/s`,
        `${confirmations} times`,
        String(probes.length),
      ]),
    },
    chart: 'rates',
  };
}

function environmentSection({ run }: Summary): Section {
  const { environment, settings } = run;
  const pinning =
    environment.pinning === 'none'
      ? 'none'
      : `generator ${environment.pinning.generator}, service ${environment.pinning.service}, engine ${environment.pinning.engine}`;
  return {
    title: 'Where and how',
    table: {
      head: ['What', 'Value'],
      rows: [
        ['Measured commit', environment.commit],
        ['Started', run.startedAt],
        ['System', `${environment.system}, Node ${environment.node}, ${environment.memoryGb} GB`],
        ['CPUs', `${environment.cpus} × ${environment.cpu}; pinned: ${pinning}`],
        ['Load before the start', String(environment.loadBefore)],
        ['Seed', String(settings.seed)],
        [
          'Blocks and trials',
          `${settings.blocks} blocks; ${settings.trial.warmupSeconds} s warm-up, ${settings.trial.seconds} s measured`,
        ],
      ],
    },
  };
}

/** The whole report. */
export function composeReport(summary: Summary): ReportContent {
  const { first, second } = summary.run.sides;
  return {
    title: `${first.label} and ${second.label} on the same cart work`,
    answer: answerLines(summary),
    caveats: caveatLines(summary),
    sections: [
      verdictSection(summary),
      requirementsSection(summary),
      latencySection(summary),
      kneeSection(summary),
      {
        title: 'Throughput',
        chart: 'throughput',
        text: ['Answers per second of the cart mix: at the knee, and with 120 requests always under way.'],
      },
      consistencySection(summary),
      costSection(summary),
      missionSection(summary),
      environmentSection(summary),
    ],
  };
}
