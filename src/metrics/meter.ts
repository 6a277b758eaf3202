/**
 * What the other rooms know of metrics. They ask for an instrument once, with its labels, when they are put together or when they
 * first meet a value of a bounded set; what a request does is then an addition to a number. No label may hold an id, a token or
 * anything else that a client wrote: a value comes from the program, from its configuration, or from a database's list of codes.
 */

/** Names and values; they tell the series of one metric apart. */
export type Labels = Readonly<Record<string, string>>;

export interface Counter {
  /** @param amount 1 by default */
  add(amount?: number): void;
}

export interface Histogram {
  record(value: number): void;
  /** Records the seconds since {@link Meter.now} said `start`. */
  since(start: number): void;
}

/** What becomes of the values of several processes. */
export type Together = 'sum' | 'highest' | 'lowest';

/** A number that somebody else keeps. */
export interface Observed {
  readonly name: string;
  readonly help: string;
  readonly labels?: Labels;
  /** `counter` for what only rises; `gauge` by default. */
  readonly kind?: 'gauge' | 'counter';
  /** `sum` by default. */
  readonly together?: Together;
}

export interface Meter {
  /** Milliseconds since any moment; always 0 where nothing is measured, which costs less. */
  now(): number;
  /** @param name ends with `_total` */
  counter(name: string, help: string, labels?: Labels): Counter;
  /** @param bounds upper ends of the buckets, rising; what is larger counts only in the sum of all */
  histogram(name: string, help: string, bounds: readonly number[], labels?: Labels): Histogram;
  /** @param read asked whenever somebody looks; undefined for nothing to tell */
  observe(observed: Observed, read: () => number | undefined): void;
}

const ignore = () => undefined;
const nothing: Counter & Histogram = { add: ignore, record: ignore, since: ignore };

/** Where nobody looks. */
export const noMeter: Meter = {
  now: () => 0,
  counter: () => nothing,
  histogram: () => nothing,
  observe: ignore,
};

/**
 * Seconds of what a request waits for. Those that OpenTelemetry advises for HTTP and databases begin at 5 ms and 1 ms, where half of
 * this service's work is done.
 */
export const SECONDS: readonly number[] = [
  0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** What stands for all values beyond those that are told apart. */
export const OTHER = 'other';

/**
 * Instruments by the value of a label that is met while requests are answered: each is made once.
 * @param most values that are told apart; any more share the instrument of {@link OTHER}
 */
export function perValue<Instrument>(
  make: (value: string) => Instrument,
  most = 100,
): (value: string) => Instrument {
  const made = new Map<string, Instrument>();
  return (value) => {
    const known = made.get(value);
    if (known !== undefined) return known;
    const name = made.size < most ? value : OTHER;
    const instrument = made.get(name) ?? make(name);
    made.set(name, instrument);
    return instrument;
  };
}
