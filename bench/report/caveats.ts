/** What limits the answer of a report. */
import { isManagedByAws } from '../compare/side-description.ts';
import type { RunDescription } from '../compare/records.ts';
import type { Summary } from './summary.ts';

const ranAlready = ({ sides }: RunDescription) => sides.first.running === true;

function pinningLine(run: RunDescription): string {
  const { pinning } = run.environment;
  if (pinning === 'none') return 'Processes were not pinned to CPUs.';
  if (ranAlready(run))
    return 'The generator was pinned to one CPU; the services ran already, and where is not known.';
  return pinning.service === pinning.engine
    ? 'The generator had a CPU of its own; service and engine shared the other one.'
    : 'Generator, service and engine had CPUs of their own.';
}

function schedulingLines(run: RunDescription): string[] {
  if (run.environment.scheduling !== 'real-time') return [];
  const who = ranAlready(run) ? 'The generator' : 'Generator, services and engines';
  return [`${who} had real-time scheduling: other work on the machine waited.`];
}

/** What limits the answer: thirty seconds. */
export function caveatLines({ run, missing, failures, discarded, units, pricesDate }: Summary): string[] {
  const { environment, settings, sides } = run;
  const local = !isManagedByAws(sides.first) || !isManagedByAws(sides.second);
  return [
    `First side: ${sides.first.behind}. Second side: ${sides.second.behind}.`,
    ...(local
      ? [
          'An embedded engine or an emulator has no network, no replicas and no limits: AWS adds milliseconds to each request on both sides, and lag to eventual reads.',
        ]
      : []),
    `${environment.cpus} CPUs (${environment.cpu}), load before the start ${environment.loadBefore}${environment.loadBefore > 0.5 ? ': others used the machine, so take differences with care' : ''}.`,
    pinningLine(run),
    ...schedulingLines(run),
    ...(settings.blocks < 10
      ? [`${settings.blocks} blocks of ${settings.trial.seconds} s: too few for verdicts.`]
      : []),
    ...(discarded.length > 0
      ? [
          `${discarded.length} trials were thrown away because the generator was late by more than 1 ms at p99.`,
        ]
      : []),
    ...(missing.length > 0
      ? [
          `Not measured: ${missing.length} steps of the plan (${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ', …' : ''}).`,
        ]
      : []),
    ...failures.map(({ step, error }) => `Failed: ${step}: ${error}`),
    ...(run.otherCommits === undefined
      ? []
      : [`Not all of it was measured at the same commit; also at ${run.otherCommits.join(', ')}.`]),
    `Costs: list prices of ${pricesDate}, request units ${units === undefined ? 'by the formula' : 'as measured'}; what an RDS instance carries is not measured here.`,
  ];
}
