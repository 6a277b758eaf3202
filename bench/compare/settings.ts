/** What `npm run compare` was asked to do: options, defaults, and the part of them that a result records. */
import * as cli from '../command-line.ts';

const PRIMARY_FIGURES = ['p50', 'p95', 'mean'] as const;
export type PrimaryFigure = (typeof PRIMARY_FIGURES)[number];

const USAGE = {
  call: 'npm run compare -- [options]',
  options: {
    quick: cli.flag('two minutes, a smoke test without verdicts (otherwise about 25 minutes)'),
    'postgres-url': cli.text('URL', 'a PostgreSQL of your own instead of the embedded one', undefined),
    'dynamodb-endpoint': cli.text('URL', 'a DynamoDB of your own ("aws" for the region\'s)', undefined),
    host: cli.urls('given twice: running services, the first compared with the second'),
    engines: cli.choice(
      'what stands behind: embedded (local, emulators) or aws',
      ['aws', 'embedded'],
      'embedded',
    ),
    name: cli.text('NAME', 'folder of the result below bench/results (date and time)', undefined),
    out: cli.text('FOLDER', 'where the folder of the result is made', 'bench/results'),
    seed: cli.number('arrivals, order and data come from it', [0, 2 ** 31 - 1], 1, 'a whole number'),
    primary: cli.choice('p50, p95 or mean: the figure that gets a verdict', PRIMARY_FIGURES, 'p95'),
    'trial-seconds': cli.number('measured seconds of a trial (7; quick: 1)', [0.2, 600], undefined),
    minutes: cli.number('do not begin anything new after so many (30; quick: 4)', [0.1, 600], undefined),
    resume: cli.flag('go on with the result named by --name, with the options it was started with'),
  },
  notes: `--engines aws says that AWS manages what stands behind, so that the report may name a winner; a database named here
must then be at an address of AWS. BENCH_TOKEN in the environment is sent as a bearer token; it is recorded nowhere.
Ctrl-C stops and reports what there is; a second one ends at once.`,
} satisfies cli.Usage;

/** Where the two sides come from. Not recorded: it may hold a password. */
export type Targets =
  | { readonly hosts: readonly [string, string] }
  | { readonly postgresUrl: string | undefined; readonly dynamodbEndpoint: string | undefined };

const FULL = {
  blocks: 10,
  trial: { warmupSeconds: 1, seconds: 7 },
  /** Measured seconds of the shoppers' trials, where that is longer. */
  shoppersSeconds: 7,
  descriptiveRounds: 2,
  calibrationSeconds: 2,
  kneeSeconds: 5,
  consistencyRounds: 200,
  /** How many carts of each kind each side is loaded with, and customers with a history. */
  data: { carts10: 500, carts50: 100, addCarts: 500, customers: 100 },
  minutes: 30,
};
const QUICK: typeof FULL = {
  blocks: 2,
  trial: { warmupSeconds: 0.3, seconds: 1 },
  /** Some 29 creations, where 20 are enough for a p95. */
  shoppersSeconds: 7,
  descriptiveRounds: 1,
  calibrationSeconds: 0.3,
  kneeSeconds: 0.8,
  consistencyRounds: 24,
  data: { carts10: 100, carts50: 20, addCarts: 100, customers: 20 },
  minutes: 4,
};

/** Recorded in run.json; a resumed run takes it from there. */
export type RunSettings = Readonly<typeof FULL> & {
  readonly seed: number;
  readonly quick: boolean;
  readonly primary: PrimaryFigure;
  readonly engines: 'aws' | 'embedded';
};
export type DataSize = RunSettings['data'];

function readTargets(host: readonly string[], postgresUrl?: string, endpoint?: string): Targets {
  const [first, second, ...more] = host;
  if (first !== undefined) {
    if (second === undefined || more.length > 0)
      throw new cli.UsageError(`--host must be given twice or not at all, got ${host.length}`);
    if (postgresUrl === undefined && endpoint === undefined) return { hosts: [first, second] };
    const others = '--postgres-url and --dynamodb-endpoint do not go with it';
    throw new cli.UsageError(`--host names running services; ${others}`);
  }
  if (postgresUrl !== undefined && !/^postgres(ql)?:\/\//.test(postgresUrl)) {
    throw new cli.UsageError('--postgres-url must look like postgres://user:password@host:5432/database');
  }
  const named = endpoint !== undefined && endpoint !== 'aws';
  return { postgresUrl, dynamodbEndpoint: named ? cli.readUrl('dynamodb-endpoint', endpoint) : endpoint };
}

/** @param now names the result when no --name is given */
export function readInvocation(args: readonly string[], now: Date) {
  const { values } = cli.readArguments(args, USAGE);
  const { quick, resume, out, seed, primary, engines, host } = values;
  if (resume && values.name === undefined)
    throw new cli.UsageError('--resume needs the --name of the result');
  const name = values.name ?? now.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  if (!/^[\w-][\w.-]{0,79}$/.test(name)) {
    const rule = '1 to 80 letters, digits, dots and dashes, not beginning with a dot';
    throw new cli.UsageError(`--name must be ${rule}, got "${name}"`);
  }
  const lengths = quick ? QUICK : FULL;
  const trial = { ...lengths.trial, seconds: values['trial-seconds'] ?? lengths.trial.seconds };
  const minutes = values.minutes ?? lengths.minutes;
  return {
    settings: { seed, quick, primary, engines, ...lengths, trial, minutes },
    targets: readTargets(host, values['postgres-url'], values['dynamodb-endpoint']),
    ...{ name, out, resume },
  };
}
export type Invocation = ReturnType<typeof readInvocation>;
