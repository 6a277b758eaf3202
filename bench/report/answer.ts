/** The answer of a report in a few lines. */
import type { MixComparison } from './analysis.ts';
import type { Outcome } from './requirements.ts';
import { isManagedByAws } from '../compare/side-description.ts';
import { INTERVAL_TRIALS } from './side-figures.ts';
import { mayNameWinner, type Summary } from './summary.ts';

export const ms = (value: number | undefined): string =>
  value === undefined ? 'not measured' : `${value < 100 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const factor = (value: number) => `${value.toFixed(2)}×`;
const signed = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(2)}`;

/** "2.10× (1.95× to 2.26×), +3.10 ms (+2.80 to +3.40)": the second side over the first. */
export function describeRatio({ blocks, ratio, low, high, difference }: MixComparison): string {
  if (blocks < INTERVAL_TRIALS) {
    return `${factor(ratio)}, ${signed(difference.estimate)} ms (no interval: only ${blocks} blocks)`;
  }
  return `${factor(ratio)} (${factor(low)} to ${factor(high)}), ${signed(difference.estimate)} ms (${signed(difference.low)} to ${signed(difference.high)})`;
}

/** The control's ratio: one side against itself. */
export function describeControl({ control }: MixComparison): string {
  if (control === undefined) return 'not measured';
  if (control.blocks < INTERVAL_TRIALS) return factor(control.ratio);
  return `${factor(control.ratio)} (${factor(control.low)} to ${factor(control.high)})`;
}

/** The verdict in words. */
export function describeVerdict({ run }: Summary, comparison: MixComparison): string {
  const { first, second } = run.sides;
  if (comparison.verdict === 'same') return 'the same within ±5 %';
  if (comparison.verdict === 'different') {
    const slower = comparison.ratio > 1 ? second : first;
    const times = comparison.ratio > 1 ? comparison.ratio : 1 / comparison.ratio;
    return `different: ${slower.label} takes ${times.toFixed(2)} times as long`;
  }
  return `cannot tell${comparison.reason === undefined ? '' : `: ${comparison.reason}`}`;
}

/** The mixes that were compared. */
export const comparedMixes = (summary: Summary) =>
  summary.mixes.flatMap((mix) =>
    mix.comparison === undefined ? [] : [{ ...mix, comparison: mix.comparison }],
  );

/** The answer in a few lines: a person should have it in ten seconds. */
export function answerLines(summary: Summary): string[] {
  const { run } = summary;
  const { first, second } = run.sides;
  const mixes = comparedMixes(summary);
  const lines = [mayNameWinner(summary) ? winnerLine(summary) : noWinnerLine(summary)];
  if (run.settings.quick) lines.push('Quick run: a smoke test of the measurement, without verdicts.');
  const kept = summary.mixes.reduce(
    (sum, { sides }) => sum + (sides.first?.trials ?? 0) + (sides.second?.trials ?? 0),
    0,
  );
  if (summary.discarded.length > kept) {
    lines.push(
      `This machine is too busy to measure on: ${summary.discarded.length} trials had to be thrown away, ${kept} could be kept.`,
    );
  }
  for (const { title, comparison } of mixes) {
    const figure = run.settings.primary;
    lines.push(
      run.settings.quick
        ? `${title}: ${figure} of ${second.label} over ${first.label} ${describeRatio(comparison)}.`
        : `${title}: ${describeVerdict(summary, comparison)}; ${figure} of ${second.label} over ${first.label} ${describeRatio(comparison)}.`,
    );
  }
  lines.push(requirementsLine(summary));
  return lines;
}

function noWinnerLine({ run }: Summary): string {
  const sides = [run.sides.first, run.sides.second];
  const local = sides.filter((side) => !isManagedByAws(side) && side.engine !== 'unsaid');
  if (local.length > 0) {
    return `No winner is named: ${local.map(({ label }) => label).join(' and ')} did not run on an engine that AWS manages. This compares our code paths on this machine, not AWS.`;
  }
  return run.settings.engines === 'aws'
    ? 'No winner is named by a quick run.'
    : 'No winner is named: nobody said that AWS manages what stands behind the services (--engines aws).';
}

/** Counts the verdicts: "cannot tell" is no statement that there is no difference. */
function winnerLine(summary: Summary): string {
  const { first, second } = summary.run.sides;
  const comparisons = comparedMixes(summary).map(({ comparison }) => comparison);
  const count = (verdict: MixComparison['verdict']) =>
    comparisons.filter((comparison) => comparison.verdict === verdict).length;
  const [same, untold, all] = [count('same'), count('cannot tell'), comparisons.length];
  const different = comparisons.filter(({ verdict }) => verdict === 'different');
  const rest = [
    ...(same > 0 ? [`the same within ±5 % on ${same}`] : []),
    ...(untold > 0 ? [`no telling on ${untold}`] : []),
  ];
  if (all === 0) return 'No winner can be named: no mix could be compared.';
  if (different.length === 0) {
    return untold === 0
      ? `The two sides are the same within ±5 % on all ${all} mixes.`
      : `No winner can be named: of ${all} mixes ${rest.join(', ')}.`;
  }
  const wins = [first, second].flatMap(({ label }, i) => {
    const won = different.filter(({ ratio }) => (i === 0 ? ratio > 1 : ratio < 1)).length;
    return won === 0 ? [] : [`${label} is the faster one on ${won} of ${all} mixes`];
  });
  return `${[...wins, ...rest].join('; ')}.`;
}

function requirementsLine({ requirements }: Summary): string {
  const having = (...outcomes: Outcome[]) =>
    requirements.filter(({ sides }) =>
      Object.values(sides).some(({ outcome }) => outcomes.includes(outcome)),
    );
  const failing = having('does not hold');
  const untold = having('too few', 'not measured');
  if (failing.length > 0) {
    return `Requirements that do not hold here: ${failing.map(({ title }) => title).join(', ')}.`;
  }
  if (untold.length === requirements.length) {
    return 'No requirement was measured with enough requests on both sides.';
  }
  return untold.length > 0
    ? `No requirement is missed; not measured, or with too few requests, on one side or both: ${untold.map(({ title }) => title).join(', ')}.`
    : 'All access-pattern requirements hold here at p95 on both sides.';
}
