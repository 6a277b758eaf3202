/** `npm run move -- run`: hands over what nobody touches. */
import type { Cart } from '../../cart/cart.ts';
import { isMarker } from '../../cart/moved.ts';
import type { OpenedMove } from '../../stores/moving/open-move.ts';
import { createProgress } from '../catalogue/progress.ts';
import type { Arguments } from './arguments.ts';
import { addTally, handOverPage, noTally, type Tally } from './hand-over-page.ts';
import { count, requestUnits } from './count.ts';
import { noPosition, openPosition, sideOf, type Position } from './position.ts';
import { unknownFieldsOf } from './unknown-fields.ts';
import { walkPages } from './walk-pages.ts';
import { estimateOf, type Circumstances } from './circumstances.ts';

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
  /** Fields that the target cannot keep, for which carts have stayed where they are. */
  readonly withheldFor: readonly string[];
  /** Fields that carts may have lost on their way, as was asked for. */
  readonly without: readonly string[];
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
  const position = await positionOf(move, given, around);
  const estimate = await estimateOf(source.census, around);
  const progress = createProgress('carts', estimate && Math.round(estimate / part.of), out, clock);
  if (position.kept !== undefined)
    progress.say(`It goes on where the walk was at ${position.kept}, as ${state} has it`);
  const tally = noTally();
  let met = 0;
  const unreadable = (error: Error) => {
    progress.say(error.message);
  };
  const { withheldFor, withholds } = createWithholding(target.keepsUnknown, given.without);
  const deps = { source: source.carts, mover, unreadable, withholds };
  const terms = { ...around, part, limits: given.limits, ...(position.after && { after: position.after }) };
  const complete = await walkPages(source.walk, terms, async (page) => {
    page.unreadable.forEach(unreadable);
    tally.unreadable += page.unreadable.length;
    addTally(tally, await around.persist(() => handOverPage(deps, page.records)));
    met += page.records.length + page.unreadable.length;
    if (page.next !== undefined) await position.keep(page.next);
    progress.report(met);
  });
  progress.end();
  if (complete) await position.end();
  return {
    from: source.title,
    to: target.title,
    complete,
    met,
    ...summed(tally, (clock() - start) / 1000),
    withheldFor: [...withheldFor].sort(),
    without: target.keepsUnknown ? [] : [...given.without],
    units: units.used(),
  };
}

function summed(tally: Tally, seconds: number) {
  const handedOver = tally.moved + tally.brought;
  const left = tally.changed + tally.unknown + tally.unreadable + tally.withheld;
  return { outcomes: tally, handedOver, left, seconds, perSecond: handedOver / seconds };
}

/** Carts stay where they are that have fields which the target cannot keep, unless those were named. A marker has nothing to lose any more. */
function createWithholding(keepsUnknown: boolean, without: ReadonlySet<string>) {
  const withheldFor = new Set<string>();
  const withholds = (cart: Cart): boolean => {
    if (keepsUnknown || isMarker(cart)) return false;
    const lost = [...unknownFieldsOf(cart)].filter((name) => !without.has(name));
    for (const name of lost) withheldFor.add(name);
    return lost.length > 0;
  };
  return { withheldFor, withholds };
}

/** Where the walk begins. @throws Error for a file that is not for it */
async function positionOf(
  { source, target }: OpenedMove,
  { part = { number: 0, of: 1 }, state }: Arguments,
  { persist }: Pick<Circumstances, 'persist'>,
): Promise<Position> {
  // They cost a call of each store.
  if (state === undefined) return noPosition;
  const [from, to] = await persist(() => Promise.all([sideOf(source), sideOf(target)]));
  return openPosition(state, { from, to, part });
}

/** For people. */
export function describeRun({ from, to, outcomes, complete, left, ...numbers }: RunReport): string {
  const { met, handedOver, seconds, perSecond, units } = numbers;
  const { brought, there, expired, unreadable, withheld } = outcomes;
  const { withheldFor, without } = numbers;
  const lines = [
    `${count(handedOver, 'cart was', 'carts were')} handed over from ${from} to ${to}, of ${count(met, 'record', 'records')}, in ${seconds.toFixed(1)} s (${Math.round(perSecond).toLocaleString('en')}/s).`,
    `${of(there)} had been handed over before, ${of(expired)} had expired; ${count(brought, 'was on its', 'were on their')} way already.`,
  ];
  if (units > 0) lines.push(`It took ${requestUnits(units)} of DynamoDB.`);
  const reason = count(unreadable, 'of them because it', 'of them because they');
  if (left > 0)
    lines.push(
      `${count(left, 'is', 'are')} left${unreadable > 0 ? `, ${reason} cannot be read` : ''}: run it again.`,
    );
  if (withheld > 0)
    lines.push(
      `${count(withheld, 'of them has', 'of them have')} fields of a newer version that ${to} cannot keep: ${withheldFor.join(', ')}. ` +
        '--without FIELD hands them over without it; the source keeps it as long as it has its marker.',
    );
  if (without.length > 0)
    lines.push(`Carts were handed over without ${without.join(', ')}, as --without says.`);
  if (!complete) lines.push('It was ended before its end: run it again.');
  return lines.join('\n');
}

function of(number: number): string {
  return number.toLocaleString('en');
}
