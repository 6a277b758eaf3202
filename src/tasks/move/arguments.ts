/** What was asked for on the command line of `npm run move`. */
import { parseArgs } from 'node:util';
import type { WalkPart } from '../../stores/cart-walk.ts';

export const USAGE = `npm run move -- run [--rate CARTS] [--units UNITS] [--part N/OF] [--state FILE] [--without FIELD]… [--json]
npm run move -- verify [--rate CARTS] [--units UNITS] [--show N] [--show-ids] [--without FIELD]… [--json]
npm run move -- status [--scan] [--json]

run hands over all carts that nobody touches, and can be repeated. --rate: most carts a second; --units: most request units of DynamoDB
a second, on an average; --part 1/4: a fourth of them, for four at once; --state FILE: where it goes on after it was killed.
verify compares every cart and the catalogues, and completes what was begun. --show: differences that are listed, 20 by default;
--show-ids: with the ids of carts, which let whoever knows them use a guest's cart.
--without gift_wrap, --without items.gift_wrap: a field that a newer version has written and the target cannot keep; carts go there
without it. run leaves carts with others where they are, and to verify they differ.
status counts, in PostgreSQL; in DynamoDB with --scan alone, because it costs what reading all carts costs.

Status 0: all is done. 1: it failed, or verify found differences. 2: something is left, or a signal ended it: run it again.`;

export interface Arguments {
  readonly action: 'run' | 'verify' | 'status' | 'help';
  readonly json: boolean;
  /** Most carts, and most request units, in a second. */
  readonly limits: { readonly carts?: number; readonly units?: number };
  readonly part?: WalkPart;
  /** The path of the file that keeps the position. */
  readonly state?: string;
  /** Most differences that are listed. */
  readonly show: number;
  readonly showIds: boolean;
  readonly scan: boolean;
  /** Fields of a newer version that carts may lose. */
  readonly without: ReadonlySet<string>;
}

const options = {
  rate: { type: 'string' },
  units: { type: 'string' },
  part: { type: 'string' },
  state: { type: 'string' },
  show: { type: 'string' },
  'show-ids': { type: 'boolean' },
  scan: { type: 'boolean' },
  without: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Name = keyof typeof options;

/** Which options each takes. */
const taken: Readonly<Record<'run' | 'verify' | 'status', readonly Name[]>> = {
  run: ['rate', 'units', 'part', 'state', 'without', 'json'],
  verify: ['rate', 'units', 'show', 'show-ids', 'without', 'json'],
  status: ['scan', 'json'],
};

/** @throws Error with what is wrong and how it is meant */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args);
  const [action, ...more] = positionals;
  const { rate, units, part, state, show, json = false, scan = false, without = [] } = values;
  const help = values.help === true;
  if (!help) checkAction(action, more, Object.keys(values) as Name[]);
  return {
    action: help ? 'help' : (action as keyof typeof taken),
    json,
    scan,
    without: new Set(without.map(fieldOf)),
    show: show === undefined ? 20 : whole('--show', show, 0),
    showIds: values['show-ids'] ?? false,
    limits: {
      ...(rate !== undefined && { carts: whole('--rate', rate, 1) }),
      ...(units !== undefined && { units: whole('--units', units, 1) }),
    },
    ...(part !== undefined && { part: readPart(part) }),
    ...(state !== undefined && { state: pathOf(state) }),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function checkAction(action: string | undefined, more: readonly string[], given: readonly Name[]): void {
  if (action !== 'run' && action !== 'verify' && action !== 'status')
    throw usage(`Say run, verify or status${action === undefined ? '' : `, not "${action}"`}`);
  if (more.length > 0) throw usage(`Say ${action} alone, without "${more.join(' ')}"`);
  const other = given.find((name) => !taken[action].includes(name));
  if (other !== undefined) throw usage(`--${other} is not for ${action}`);
}

function usage(message: string): Error {
  return new Error(`${message}. "npm run move -- --help" says how it is used`);
}

const MOST = 1_000_000;

function whole(name: string, text: string, least: number): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : NaN;
  if (number >= least && number <= MOST) return number;
  throw usage(
    `${name} must be a whole number from ${least} to ${MOST.toLocaleString('en')}, but was "${text}"`,
  );
}

/** As DynamoDB has it: most segments of a parallel Scan are a million; more movers than some dozens are of no use. */
const MOST_PARTS = 1000;

function readPart(text: string): WalkPart {
  const [, number = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (number < 1 || number > of || of > MOST_PARTS)
    throw usage(
      `--part must be like 1/4, with 1 to ${MOST_PARTS.toLocaleString('en')} parts, but was "${text}"`,
    );
  return { number: number - 1, of };
}

function pathOf(state: string): string {
  if (state === '') throw usage('--state must name a file');
  return state;
}

/** As DynamoDB names attributes, of at most 255 characters; of those of an item in a cart, `items.` stands before it. */
function fieldOf(name: string): string {
  if (/^(items\.)?[^.,\s]{1,255}$/.test(name)) return name;
  throw usage(
    `--without must name one field, such as gift_wrap or items.gift_wrap, but was "${name.slice(0, 60)}"`,
  );
}
