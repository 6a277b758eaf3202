/** What `npm run compare` was asked to do: options, defaults, and the part of them that a result records. */
import { readArguments, readChoice, readNumber, readUrl, UsageError } from '../command-line.ts';
import { FULL_DATA, QUICK_DATA, type DataSize } from './workload-data.ts';

export const HELP = `npm run compare -- [options]
  --quick                   two minutes, a smoke test without verdicts (otherwise about 25 minutes)
  --postgres-url URL        a PostgreSQL of your own instead of the embedded one
  --dynamodb-endpoint URL   a DynamoDB of your own instead of the embedded one ("aws" for the region's)
  --host URL --host URL     two running services instead of starting them; the first is compared with the second
  --engines KIND            aws: what stands behind is managed by AWS, so the report may name a winner; a database named
                            here must then be at an address of AWS. embedded: local engines or emulators (embedded)
  --name NAME               folder of the result below bench/results (date and time)
  --out FOLDER              instead of bench/results
  --seed N                  arrivals, order and data come from it (1)
  --primary FIGURE          p50, p95 or mean: the one figure of each mix that gets a verdict (p95)
  --trial-seconds N         measured seconds of a trial (7; quick: 1.2)
  --minutes N               do not begin anything new after so many minutes (30; quick: 4)
  --real-time               as root on Linux, generator, services and engines go before all other processes: for a
                            machine with other work on it. Threads of theirs that do not then wait for those that do
  --resume                  go on with the result named by --name, with the options it was started with
BENCH_TOKEN in the environment is sent as a bearer token with every request; it is recorded nowhere.
Ctrl-C stops and reports what there is; a second one ends at once.`;

export const PRIMARY_FIGURES = ['p50', 'p95', 'mean'] as const;
export type PrimaryFigure = (typeof PRIMARY_FIGURES)[number];

/** Recorded in run.json; a resumed run takes it from there. */
export interface RunSettings {
  readonly seed: number;
  readonly quick: boolean;
  readonly primary: PrimaryFigure;
  readonly engines: 'aws' | 'embedded';
  readonly blocks: number;
  readonly trial: { readonly warmupSeconds: number; readonly seconds: number };
  /** Measured seconds of the shoppers' trials, where that is longer. Absent in older results. */
  readonly shoppersSeconds?: number;
  readonly descriptiveRounds: number;
  readonly calibrationSeconds: number;
  readonly kneeSeconds: number;
  readonly consistencyRounds: number;
  readonly data: DataSize;
  readonly minutes: number;
}

/** Where the two sides come from. Not recorded: it may hold a password. */
export type Targets =
  | { readonly kind: 'hosts'; readonly urls: readonly [string, string] }
  | { readonly kind: 'own'; readonly postgresUrl?: string; readonly dynamodbEndpoint?: string };

export interface Invocation {
  readonly settings: RunSettings;
  readonly targets: Targets;
  readonly name: string;
  readonly out: string;
  readonly resume: boolean;
  readonly realTime: boolean;
  readonly help: boolean;
}

const LENGTHS = {
  full: {
    blocks: 10,
    trial: { warmupSeconds: 1, seconds: 7 },
    shoppersSeconds: 7,
    descriptiveRounds: 2,
    calibrationSeconds: 2,
    kneeSeconds: 5,
    consistencyRounds: 200,
    data: FULL_DATA,
  },
  quick: {
    blocks: 2,
    trial: { warmupSeconds: 0.4, seconds: 1.2 },
    shoppersSeconds: 8,
    descriptiveRounds: 1,
    calibrationSeconds: 0.4,
    kneeSeconds: 1,
    consistencyRounds: 24,
    data: QUICK_DATA,
  },
} as const;

function readTargets(values: {
  host: readonly string[];
  'postgres-url'?: string;
  'dynamodb-endpoint'?: string;
}): Targets {
  const postgresUrl = values['postgres-url'];
  const endpoint = values['dynamodb-endpoint'];
  if (values.host.length > 0) {
    const [first, second, ...more] = values.host.map((url) => readUrl('host', url));
    if (first === undefined || second === undefined || more.length > 0) {
      throw new UsageError(`--host must be given twice or not at all, got ${values.host.length}`);
    }
    if (postgresUrl !== undefined || endpoint !== undefined) {
      throw new UsageError(
        '--host names running services; --postgres-url and --dynamodb-endpoint do not go with it',
      );
    }
    return { kind: 'hosts', urls: [first, second] };
  }
  if (postgresUrl !== undefined && !/^postgres(ql)?:\/\//.test(postgresUrl)) {
    throw new UsageError('--postgres-url must look like postgres://user:password@host:5432/database');
  }
  return {
    kind: 'own',
    ...(postgresUrl === undefined ? {} : { postgresUrl }),
    ...(endpoint === undefined
      ? {}
      : { dynamodbEndpoint: endpoint === 'aws' ? endpoint : readUrl('dynamodb-endpoint', endpoint) }),
  };
}

/** @param now names the result when no --name is given */
export function readInvocation(args: readonly string[], now: Date): Invocation {
  const { values } = readArguments(args, {
    quick: { type: 'boolean', default: false },
    'postgres-url': { type: 'string' },
    'dynamodb-endpoint': { type: 'string' },
    host: { type: 'string', multiple: true, default: [] },
    engines: { type: 'string' },
    name: { type: 'string' },
    out: { type: 'string', default: 'bench/results' },
    seed: { type: 'string' },
    primary: { type: 'string' },
    minutes: { type: 'string' },
    'trial-seconds': { type: 'string' },
    resume: { type: 'boolean', default: false },
    'real-time': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  });
  if (values.resume && values.name === undefined)
    throw new UsageError('--resume needs the --name of the result');
  const name = values.name ?? now.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  if (!/^[\w-][\w.-]{0,79}$/.test(name)) {
    throw new UsageError(
      `--name must be 1 to 80 letters, digits, dots and dashes, not beginning with a dot, got "${name}"`,
    );
  }
  const { quick } = values;
  const lengths = quick ? LENGTHS.quick : LENGTHS.full;
  const { warmupSeconds, seconds } = lengths.trial;
  return {
    settings: {
      seed: readNumber('seed', values.seed, { fallback: 1, minimum: 0, maximum: 2 ** 31 - 1, whole: true }),
      quick,
      primary: readChoice('primary', values.primary, PRIMARY_FIGURES, 'p95'),
      engines: readChoice('engines', values.engines, ['aws', 'embedded'] as const, 'embedded'),
      ...lengths,
      trial: {
        warmupSeconds,
        seconds: readNumber('trial-seconds', values['trial-seconds'], {
          fallback: seconds,
          minimum: 0.2,
          maximum: 600,
        }),
      },
      minutes: readNumber('minutes', values.minutes, {
        fallback: quick ? 4 : 30,
        minimum: 0.1,
        maximum: 600,
      }),
    },
    targets: readTargets(values),
    name,
    out: values.out,
    resume: values.resume,
    realTime: values['real-time'],
    help: values.help,
  };
}
