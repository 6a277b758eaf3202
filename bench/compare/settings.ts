/** What `npm run compare` was asked to do: options, defaults, and the part of them that a result records. */
import {
  choice,
  flag,
  number,
  readArguments,
  readUrl,
  text,
  urls,
  UsageError,
  type Usage,
  type Values,
} from '../command-line.ts';
import { FULL_DATA, QUICK_DATA, type DataSize } from './workload-data.ts';

export const PRIMARY_FIGURES = ['p50', 'p95', 'mean'] as const;
export type PrimaryFigure = (typeof PRIMARY_FIGURES)[number];

const USAGE = {
  call: 'npm run compare -- [options]',
  options: {
    quick: flag('two minutes, a smoke test without verdicts (otherwise about 25 minutes)'),
    'postgres-url': text('URL', 'a PostgreSQL of your own instead of the embedded one'),
    'dynamodb-endpoint': text(
      'URL',
      'a DynamoDB of your own instead of the embedded one ("aws" for the region\'s)',
    ),
    host: urls(
      'given twice: running services instead of starting them; the first is compared with the second',
    ),
    engines: choice(
      'KIND',
      'aws: what stands behind is managed by AWS, so the report may name a winner; a database named\nhere must then be at an address of AWS. embedded: local engines or emulators',
      ['aws', 'embedded'],
      'embedded',
    ),
    name: text('NAME', 'folder of the result below bench/results (date and time)'),
    out: text('FOLDER', 'where the folder of the result is made', 'bench/results'),
    seed: number('arrivals, order and data come from it', {
      fallback: 1,
      minimum: 0,
      maximum: 2 ** 31 - 1,
      whole: true,
    }),
    primary: choice(
      'FIGURE',
      'p50, p95 or mean: the one figure of each mix that gets a verdict',
      PRIMARY_FIGURES,
      'p95',
    ),
    'trial-seconds': number('measured seconds of a trial (7; quick: 1.2)', {
      fallback: undefined,
      minimum: 0.2,
      maximum: 600,
    }),
    minutes: number('do not begin anything new after so many minutes (30; quick: 4)', {
      fallback: undefined,
      minimum: 0.1,
      maximum: 600,
    }),
    'real-time': flag(
      'as root on Linux, generator, services and engines go before all other processes: for a\nmachine with other work on it. Threads of theirs that do not then wait for those that do',
    ),
    resume: flag('go on with the result named by --name, with the options it was started with'),
  },
  notes: `BENCH_TOKEN in the environment is sent as a bearer token with every request; it is recorded nowhere.
Ctrl-C stops and reports what there is; a second one ends at once.`,
} satisfies Usage;
type Asked = Values<(typeof USAGE)['options']>;

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
  | {
      readonly kind: 'own';
      readonly postgresUrl: string | undefined;
      readonly dynamodbEndpoint: string | undefined;
    };

export interface Invocation {
  readonly settings: RunSettings;
  readonly targets: Targets;
  readonly name: string;
  readonly out: string;
  readonly resume: boolean;
  readonly realTime: boolean;
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

function readTargets({ host, ...asked }: Asked): Targets {
  const { 'postgres-url': postgresUrl, 'dynamodb-endpoint': endpoint } = asked;
  const [first, second, ...more] = host;
  if (first !== undefined) {
    if (second === undefined || more.length > 0)
      throw new UsageError(`--host must be given twice or not at all, got ${host.length}`);
    if (postgresUrl === undefined && endpoint === undefined) return { kind: 'hosts', urls: [first, second] };
    throw new UsageError(
      '--host names running services; --postgres-url and --dynamodb-endpoint do not go with it',
    );
  }
  if (postgresUrl !== undefined && !/^postgres(ql)?:\/\//.test(postgresUrl)) {
    throw new UsageError('--postgres-url must look like postgres://user:password@host:5432/database');
  }
  const named = endpoint !== undefined && endpoint !== 'aws';
  const dynamodbEndpoint = named ? readUrl('dynamodb-endpoint', endpoint) : endpoint;
  return { kind: 'own', postgresUrl, dynamodbEndpoint };
}

/** @param now names the result when no --name is given */
export function readInvocation(args: readonly string[], now: Date): Invocation {
  const { values } = readArguments(args, USAGE);
  const { quick, resume, out, seed, primary, engines } = values;
  if (resume && values.name === undefined) throw new UsageError('--resume needs the --name of the result');
  const name = values.name ?? now.toISOString().slice(0, 16).replace('T', '-').replace(':', '');
  if (!/^[\w-][\w.-]{0,79}$/.test(name)) {
    throw new UsageError(
      `--name must be 1 to 80 letters, digits, dots and dashes, not beginning with a dot, got "${name}"`,
    );
  }
  const lengths = quick ? LENGTHS.quick : LENGTHS.full;
  const trial = { ...lengths.trial, seconds: values['trial-seconds'] ?? lengths.trial.seconds };
  const minutes = values.minutes ?? (quick ? 4 : 30);
  return {
    settings: { seed, quick, primary, engines, ...lengths, trial, minutes },
    targets: readTargets(values),
    name,
    out,
    resume,
    realTime: values['real-time'],
  };
}
