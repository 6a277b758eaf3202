/** The section on what a read right after a write shows. */
import { sawStaleRead, type StaleReads } from '../compare/consistency.ts';
import { isManagedByAws } from '../compare/side-description.ts';
import type { Section } from './model.ts';
import type { Summary } from './summary.ts';

const NOT_OBSERVABLE = 'not observable here';

/** @param aws where the engine is another one, no lag can be seen */
function describe(reads: StaleReads, aws: boolean): string {
  // Older results have no count of failed reads.
  const { failed = 0 } = reads as Partial<StaleReads>;
  return `${describeAnswered(reads, aws)}${failed > 0 ? `; ${failed} reads failed` : ''}`;
}

function describeAnswered(reads: StaleReads, aws: boolean): string {
  if (reads.reads === 0) return 'not measured';
  if (reads.stale === 0 && !aws) return `${NOT_OBSERVABLE} (0 of ${reads.reads})`;
  if (reads.stale === 0) return `0 of ${reads.reads} stale`;
  const share = ((100 * reads.stale) / reads.reads).toFixed(1);
  const delay =
    reads.delay === undefined
      ? ''
      : `; delay p50 ${reads.delay.p50.toFixed(0)} ms, p95 ${reads.delay.p95.toFixed(0)} ms, max ${reads.delay.max.toFixed(0)} ms`;
  const never = reads.never > 0 ? `; ${reads.never} not within 5 s` : '';
  return `${reads.stale} of ${reads.reads} stale (${share} %)${delay}${never}`;
}

export function consistencySection({ consistency, run }: Summary): Section {
  const failedWrites = consistency.reduce((sum, { figures }) => sum + figures.failedWrites, 0);
  const quiet = consistency.some(
    ({ side, figures }) => !isManagedByAws(run.sides[side]) && !sawStaleRead(figures),
  );
  return {
    title: 'Consistency',
    text: [
      'A read right after the answer to a write: how many did not show it, and how long until one did.',
      ...(failedWrites > 0 ? [`${failedWrites} writes failed, so no read followed them.`] : []),
      ...(quiet
        ? [
            `"${NOT_OBSERVABLE}": an embedded engine or an emulator keeps one copy of the data, so no read can lag. It says nothing about AWS.`,
          ]
        : []),
    ],
    table: {
      head: [
        'Side',
        'Reads',
        'After create',
        'After add',
        'History after create',
        '8 clients on one cart',
        'Lost or doubled',
      ],
      rows: consistency.map((record) => {
        const { label } = run.sides[record.side];
        const aws = isManagedByAws(run.sides[record.side]);
        const { figures } = record;
        const { rapidUpdates } = figures;
        return [
          label,
          record.reads ?? 'as configured',
          describe(figures.readAfterCreate, aws),
          describe(figures.readAfterAdd, aws),
          describe(figures.historyAfterCreate, aws),
          `${describe(rapidUpdates.reads, aws)}; ${rapidUpdates.refused} of ${rapidUpdates.updates} refused`,
          `${rapidUpdates.lost} lost, ${rapidUpdates.doubled} doubled`,
        ];
      }),
    },
  };
}
