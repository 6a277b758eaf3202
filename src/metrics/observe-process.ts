/** What Node and V8 tell of the process, under OpenTelemetry's names for it. */
import { readdirSync, readFileSync } from 'node:fs';
import { constants, monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics } from 'node:v8';
import { OTHER, perValue, type Histogram, type Meter } from './meter.ts';

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 20;

/** Seconds of a collection: bounds that OpenTelemetry advises, and two below them for what young objects take. */
const GC_SECONDS = [0.001, 0.005, 0.01, 0.1, 1, 10];

const NANOSECONDS = 1e9;

/** Where the carts of the store move, and how far that is. */
export interface Move {
  readonly to: string;
  readonly phase: string;
}

/** Told together as the worst of several processes, but for what adds up. @param store which kind of store is used */
export function observeProcess(meter: Meter, store: string, move?: Move): void {
  observeEventLoop(meter);
  observeCollections(meter);
  observeMemory(meter);
  observeSystem(meter);
  const labels = { version: readVersion(), node_version: process.version.slice(1), store, ...labelsOf(move) };
  const build = { name: 'cartwright_build_info', help: 'Always 1; the labels say what runs.', labels };
  meter.observe({ ...build, together: 'highest' }, () => 1);
}

function labelsOf(move: Move | undefined): Readonly<Record<string, string>> {
  return move ? { move_to: move.to, move_phase: move.phase } : {};
}

function observeEventLoop(meter: Meter): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const help = 'Seconds by which the event loop was late since the last look.';
  const name = (part: string) => `nodejs_eventloop_delay_${part}_seconds`;
  const seconds = (nanoseconds: number) =>
    Number.isFinite(nanoseconds) ? nanoseconds / NANOSECONDS : undefined;
  const tell = (part: string, read: () => number) => {
    meter.observe({ name: name(part), help, together: 'highest' }, () =>
      delay.count === 0 ? undefined : seconds(read()),
    );
  };
  meter.observe({ name: name('min'), help, together: 'lowest' }, () =>
    delay.count === 0 ? undefined : seconds(delay.min),
  );
  tell('mean', () => delay.mean);
  tell('stddev', () => delay.stddev);
  tell('p50', () => delay.percentile(50));
  tell('p90', () => delay.percentile(90));
  tell('p99', () => delay.percentile(99));
  // The last that is read, for they are read in this order: what follows belongs to the next look.
  tell('max', () => {
    const { max } = delay;
    delay.reset();
    return max;
  });

  let before = performance.eventLoopUtilization();
  const utilization = {
    name: 'nodejs_eventloop_utilization_ratio',
    help: 'Share of the time since the last look in which the event loop was busy, from 0 to 1.',
  };
  meter.observe({ ...utilization, together: 'highest' }, () => {
    const now = performance.eventLoopUtilization();
    const { utilization: busy } = performance.eventLoopUtilization(now, before);
    before = now;
    return busy;
  });
}

const GC_TYPES: Readonly<Record<number, string>> = {
  [constants.NODE_PERFORMANCE_GC_MINOR]: 'minor',
  [constants.NODE_PERFORMANCE_GC_MAJOR]: 'major',
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL]: 'incremental',
  [constants.NODE_PERFORMANCE_GC_WEAKCB]: 'weakcb',
};

function observeCollections(meter: Meter): void {
  const durations = perValue((type): Histogram =>
    meter.histogram('v8js_gc_duration_seconds', 'Seconds of garbage collections.', GC_SECONDS, {
      v8js_gc_type: type,
    }),
  );
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { kind = 0 } = (entry as { detail?: { kind?: number } }).detail ?? {};
      durations(GC_TYPES[kind] ?? OTHER).record(entry.duration / 1000);
    }
  });
  observer.observe({ entryTypes: ['gc'] });
}

function observeMemory(meter: Meter): void {
  for (const { space_name } of getHeapSpaceStatistics()) {
    const labels = { v8js_heap_space_name: space_name };
    const help = 'Bytes of the heap that are in use.';
    meter.observe({ name: 'v8js_memory_heap_used_bytes', help, labels }, () => {
      const space = getHeapSpaceStatistics().find((one) => one.space_name === space_name);
      return space?.space_used_size;
    });
  }
  meter.observe(
    { name: 'process_resident_memory_bytes', help: 'Bytes of memory that the process has.' },
    () => process.memoryUsage.rss(),
  );
}

function observeSystem(meter: Meter): void {
  const started = Date.now() / 1000 - process.uptime();
  const start = { name: 'process_start_time_seconds', help: 'When the process began, since the epoch.' };
  meter.observe({ ...start, together: 'highest' }, () => started);
  meter.observe(
    { name: 'process_open_fds', help: 'File descriptors in use, where the system tells.' },
    () => {
      try {
        return readdirSync('/proc/self/fd').length;
      } catch {
        return undefined;
      }
    },
  );
  const cpu = { name: 'process_cpu_seconds_total', help: 'Seconds of CPU time that the process has used.' };
  meter.observe({ ...cpu, kind: 'counter' }, () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
}

/** Beside the folder of the compiled files, as beside that of the sources. */
export function readVersion(): string {
  try {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    return String((JSON.parse(text) as { version?: unknown }).version);
  } catch {
    return 'unknown';
  }
}
