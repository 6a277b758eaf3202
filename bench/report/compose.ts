/** The whole report: the answer, the caveats, and the sections in their order. */
import { answerLines } from './answer.ts';
import { caveatLines } from './caveats.ts';
import { consistencySection } from './consistency.ts';
import { costSection, missionSection } from './cost.ts';
import { latencySection, requirementsSection, verdictSection } from './latency.ts';
import type { Report, Section } from './model.ts';
import type { Summary } from './summary.ts';

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

export function composeReport(summary: Summary): Report {
  const { first, second } = summary.run.sides;
  return {
    title: `${first.label} and ${second.label} on the same cart work`,
    sides: [first.label, second.label],
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
