/** What a report says, independent of its format: the answer, the caveats, and sections of text and tables. */
import type { ChartName } from './charts.ts';
import { answerLines } from './report-answer.ts';
import { caveatLines } from './report-caveats.ts';
import { consistencySection } from './report-consistency.ts';
import { costSection, missionSection } from './report-cost.ts';
import { latencySection, requirementsSection, verdictSection } from './report-latency.ts';
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

function kneeSection({ knees, run }: Summary): Section {
  return {
    title: 'The knee',
    text: [
      'The highest rate of the cart mix with p99 within 100 ms and at least 99 % of it achieved, found to within 10 % and confirmed by two more trials.',
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
