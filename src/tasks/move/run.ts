/** `npm run move -- run`: hands over what nobody touches. */
import type { OpenedMove } from '../../stores/moving/open-move.ts';
import { createProgress } from '../catalogue/progress.ts';
import type { Arguments } from './arguments.ts';
import { addTally, handOverPage, noTally, type Tally } from './hand-over-page.ts';
import { openPosition } from './position.ts';
import { walkPages } from './walk-pages.ts';
import type { Circumstances } from './circumstances.ts';

export interface RunReport {
  readonly from: string;
  readonly to: string;
  readonly outcomes: Readonly<Tally>;
  /** Whether all records of the part were met. */
  readonly complete: boolean;
  /** Records that were met, and carts that this has brought to the target. */
  readonly met: number;
  readonly handedOver: number;
  /** What it has met and not brought over: somebody else's commits, or records that cannot be read. */
  readonly left: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Request units of DynamoDB. */
  readonly units: number;
}

export async function runMove(move: OpenedMove, given: Arguments, around: Circumstances): Promise<RunReport> {
  const { source, target, mover } = move;
  const { part = { number: 0, of: 1 }, state } = given;
  const { units, out, clock } = around;
  const start = clock();
  const position = await openPosition(state, { from: source.location, to: target.location, part });
  const estimate = await source.census.estimate();
  const progress = createProgress('carts', estimate && Math.round(estimate / part.of), out, clock);
  const tally = noTally();
  let met = 0;
  const unreadable = (error: Error) => {
    progress.say(error.message);
  };
  const terms = { ...around, part, limits: given.limits, ...(position.after && { after: position.after }) };
  const complete = await walkPages(source.walk, terms, async (page) => {
    page.unreadable.forEach(unreadable);
    tally.unreadable += page.unreadable.length;
    const deps = { source: source.carts, mover, unreadable };
    addTally(tally, await around.persist(() => handOverPage(deps, page.records)));
    met += page.records.length + page.unreadable.length;
    if (page.next !== undefined) await position.keep(page.next);
    progress.report(met);
  });
  progress.end();
  if (complete) await position.end();
  const seconds = (clock() - start) / 1000;
  const handedOver = tally.moved + tally.brought;
  return {
    from: source.title,
    to: target.title,
    outcomes: tally,
    complete,
    met,
    handedOver,
    left: tally.changed + tally.unknown + tally.unreadable,
    seconds,
    perSecond: handedOver / seconds,
    units: units.used(),
  };
}

/** For people. */
export function describeRun({ from, to, outcomes, complete, left, ...numbers }: RunReport): string {
  const { met, handedOver, seconds, perSecond, units } = numbers;
  const { brought, there, expired, unreadable } = outcomes;
  const lines = [
    `${count(handedOver)} carts were handed over from ${from} to ${to}, of ${count(met)} records, in ${seconds.toFixed(1)} s (${count(perSecond)}/s).`,
    `${count(there)} had been handed over before, ${count(expired)} had expired; ${count(brought)} were on their way already.`,
  ];
  if (units > 0) lines.push(`It took ${count(units)} request units of DynamoDB.`);
  if (left > 0)
    lines.push(
      `${count(left)} are left, ${count(unreadable)} of them because they cannot be read: run it again.`,
    );
  if (!complete) lines.push('It was ended before its end: run it again.');
  return lines.join('\n');
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}
