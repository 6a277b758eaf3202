/** What load balancers and people ask: is the process alive, do its databases answer, and did they ever? */
import { jsonResponse, type FindRoute, type HttpResponse, type Page, type PageHandler } from './messages.ts';

export interface HealthOptions {
  /** Rejects when the databases do not answer. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** What /health calls the store. */
  readonly storeType: string;
  /** What it says of a move of the carts, where there is one. */
  readonly move?: object | undefined;
  readonly isDraining: () => boolean;
  /** Whether all other processes that answer at this port have reached theirs once. */
  readonly haveOthersStarted?: () => boolean;
  /** The signal of a check that begins now. */
  readonly begin: () => AbortSignal;
  /** Milliseconds since any moment. */
  readonly clock?: () => number;
}

/** Milliseconds for which the databases' answer is remembered: anybody may ask, as often as they like. */
const REMEMBERED = 1_000;

/** Load balancers know nothing of a prefix: its pages are there without it too. */
export function createHealth(options: HealthOptions): FindRoute {
  const { storeType, move, isDraining, haveOthersStarted = () => true } = options;
  const stores = { store: storeType, ...(move && { move }) };
  const { isReady, hasStarted } = rememberReady(options);
  const unavailable = (): HttpResponse => jsonResponse(503, { status: 'unavailable', ...stores });
  const available = (status: string): HttpResponse => jsonResponse(200, { status, ...stores });

  const pages: readonly [string, PageHandler][] = [
    ['/livez', () => jsonResponse(200, { status: 'alive' })],
    // For load balancers that let a new task in: one that never reached its store gets no requests, and one that lost it keeps them.
    [
      '/startupz',
      async () => ((await hasStarted()) && haveOthersStarted() ? available('started') : unavailable()),
    ],
    [
      '/readyz',
      async () => {
        if (isDraining()) return jsonResponse(503, { status: 'draining' });
        return (await isReady()) ? available('ready') : unavailable();
      },
    ],
    ['/health', async () => ((await isReady()) ? available('healthy') : unavailable())],
  ];
  const routes = new Map(
    pages.map(([path, handle]): [string, Page] => [path, { pattern: path, handle, besidePrefix: true }]),
  );
  return (path) => routes.get(path);
}

/** One check at a time, for all who ask, and for all who ask within a second of its end. */
function rememberReady({ ready, begin, clock = () => performance.now() }: HealthOptions) {
  let check: Promise<boolean> | undefined;
  let until = Infinity;
  let started = false;

  const isReady = (): Promise<boolean> => {
    if (check && clock() < until) return check;
    until = Infinity;
    // Who knows the stores logs it, once.
    check = ready(begin())
      .then(
        () => (started = true),
        () => false,
      )
      .finally(() => {
        until = clock() + REMEMBERED;
      });
    return check;
  };
  return { isReady, hasStarted: () => (started ? Promise.resolve(true) : isReady()) };
}
