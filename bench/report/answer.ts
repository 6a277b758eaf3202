/** The answer of a report in a few lines, and what limits it. */
import { SIDES } from '../compare/records.ts';
import { sumOf } from '../statistics.ts';
import { INTERVAL_TRIALS, mayNameWinner, type MixComparison, type Summary } from './summary.ts';

export const factor = (value: number) => `${value.toFixed(2)}×`;
const signed = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;

/** "2.10× (1.95× to 2.26×), +3.10 ms (+2.80 to +3.40)": the second side over the first. */
export function describeRatio({ blocks, ratio, low, high, difference }: MixComparison): string {
  if (blocks < INTERVAL_TRIALS) {
    return `${factor(ratio)}, ${signed(difference.estimate)} ms (no interval: only ${blocks} blocks)`;
  }
  return `${factor(ratio)} (${factor(low)} to ${factor(high)}), ${signed(difference.estimate)} ms (${signed(difference.low)} to ${signed(difference.high)})`;
}

export function describeVerdict(
  { run: { sides } }: Summary,
  { verdict, ratio, reason }: MixComparison,
): string {
  if (verdict === 'same') return 'the same within ±5 %';
  if (verdict === 'cannot tell') return `cannot tell${reason === undefined ? '' : `: ${reason}`}`;
  const [slower, times] = ratio > 1 ? [sides.second, ratio] : [sides.first, 1 / ratio];
  return `different: ${slower.label} takes ${times.toFixed(2)} times as long`;
}

/** The mixes that were compared. */
export const comparedMixes = ({ mixes }: Summary) =>
  mixes.flatMap((mix) => (mix.comparison === undefined ? [] : [{ ...mix, comparison: mix.comparison }]));

/** Those lines whose condition holds. */
const said = (lines: readonly (string | false)[]): string[] => lines.filter((line) => line !== false);

/** The answer in a few lines: a person should have it in ten seconds. */
export function answerLines(summary: Summary): string[] {
  const { run, discarded, mixes } = summary;
  const { quick, primary } = run.settings;
  const kept = sumOf(mixes, ({ sides }) => sumOf(SIDES, (key) => sides[key]?.trials ?? 0));
  const figure = `${primary} of ${run.sides.second.label} over ${run.sides.first.label}`;
  return said([
    mayNameWinner(summary) ? winnerLine(summary) : noWinnerLine(summary),
    quick && 'Quick run: a smoke test of the measurement, without verdicts.',
    discarded.length > kept &&
      `This machine is too busy to measure on: ${discarded.length} trials had to be thrown away, ${kept} could be kept.`,
    ...comparedMixes(summary).map(({ title, comparison }) => {
      const verdict = quick ? '' : `${describeVerdict(summary, comparison)}; `;
      return `${title}: ${verdict}${figure} ${describeRatio(comparison)}.`;
    }),
    requirementsLine(summary),
  ]);
}

function noWinnerLine({ run: { sides, settings } }: Summary): string {
  const local = SIDES.map((key) => sides[key]).filter(
    ({ engine }) => engine !== 'aws' && engine !== 'unsaid',
  );
  if (local.length > 0) {
    return `No winner is named: ${local.map(({ label }) => label).join(' and ')} did not run on an engine that AWS manages. This compares our code paths on this machine, not AWS.`;
  }
  return settings.engines === 'aws'
    ? 'No winner is named by a quick run.'
    : 'No winner is named: nobody said that AWS manages what stands behind the services (--engines aws).';
}

/** Counts the verdicts: "cannot tell" is no statement that there is no difference. */
function winnerLine(summary: Summary): string {
  const comparisons = comparedMixes(summary).map(({ comparison }) => comparison);
  const count = (holds: (comparison: MixComparison) => boolean) => comparisons.filter(holds).length;
  const wins = SIDES.map((key, i) => {
    const won = count(({ verdict, ratio }) => verdict === 'different' && ratio > 1 === (i === 0));
    const { label } = summary.run.sides[key];
    return won > 0 && `${label} is the faster one on ${won} of ${comparisons.length} mixes`;
  });
  const same = count(({ verdict }) => verdict === 'same');
  const untold = count(({ verdict }) => verdict === 'cannot tell');
  const rest = said([same > 0 && `the same within ±5 % on ${same}`, untold > 0 && `no telling on ${untold}`]);
  if (said(wins).length > 0) return `${said([...wins, ...rest]).join('; ')}.`;
  if (comparisons.length === 0) return 'No winner can be named: no mix could be compared.';
  return untold === 0
    ? `The two sides are the same within ±5 % on all ${same} mixes.`
    : `No winner can be named: of ${comparisons.length} mixes ${rest.join(', ')}.`;
}

function requirementsLine({ requirements }: Summary): string {
  const having = (...outcomes: string[]) =>
    requirements.filter(({ sides }) => SIDES.some((key) => outcomes.includes(sides[key].outcome)));
  const titles = (list: Summary['requirements']) => list.map(({ title }) => title).join(', ');
  const [failing, untold] = [having('does not hold'), having('too few', 'not measured')];
  if (failing.length > 0) return `Requirements that do not hold here: ${titles(failing)}.`;
  if (untold.length === 0) return 'All access-pattern requirements hold here at p95 on both sides.';
  return untold.length === requirements.length
    ? 'No requirement was measured with enough requests on both sides.'
    : `No requirement is missed; not measured, or with too few requests, on one side or both: ${titles(untold)}.`;
}

function pinningLine({ environment: { pinning }, sides }: Summary['run']): string {
  if (pinning === 'none') return 'Processes were not pinned to CPUs.';
  if (sides.first.running === true)
    return 'The generator was pinned to one CPU; the services ran already, and where is not known.';
  return pinning.service === pinning.engine
    ? 'The generator had a CPU of its own; service and engine shared the other one.'
    : 'Generator, service and engine had CPUs of their own.';
}

/** What limits the answer: thirty seconds. */
export function caveatLines({ run, missing, failures, discarded, units, pricesDate }: Summary): string[] {
  const { environment, settings, sides, otherCommits } = run;
  const busy = environment.loadBefore > 0.5 ? ': others used the machine, so take differences with care' : '';
  return said([
    `First side: ${sides.first.behind}. Second side: ${sides.second.behind}.`,
    SIDES.some((key) => sides[key].engine !== 'aws') &&
      'An embedded engine or an emulator has no network, no replicas and no limits: AWS adds milliseconds to each request on both sides, and lag to eventual reads.',
    `${environment.cpus} CPUs (${environment.cpu}), load before the start ${environment.loadBefore}${busy}.`,
    pinningLine(run),
    settings.blocks < 10 && `${settings.blocks} blocks of ${settings.trial.seconds} s: too few for verdicts.`,
    discarded.length > 0 &&
      `${discarded.length} trials were thrown away because the generator was late, which could have changed their figures.`,
    missing.length > 0 &&
      `Not measured: ${missing.length} steps of the plan (${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ', …' : ''}).`,
    ...failures.map(({ step, error }) => `Failed: ${step}: ${error}`),
    otherCommits !== undefined &&
      `Not all of it was measured at the same commit; also at ${otherCommits.join(', ')}.`,
    `Costs: list prices of ${pricesDate}, request units ${units === undefined ? 'by the formula' : 'as measured'}; what an RDS instance carries is not measured here.`,
  ]);
}
