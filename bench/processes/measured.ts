/** Loaded into every measured program before it starts (`node --import`): answers the bench's questions about the process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Usage {
  /** User and system time of all threads so far, in microseconds. */
  readonly cpu: number;
  /** Bytes on the heap; after a collection when one was asked for and is possible (`--expose-gc`). */
  readonly heap: number;
  readonly rss: number;
  /** The highest RSS so far. */
  readonly peak: number;
  /** What keeps the event loop busy: sockets, timers and such. */
  readonly handles: number;
  /** Statements that were prepared on connections of pg, so far. */
  readonly statements: number;
}

/** The service's own pg, of the project's root. */
const { Connection } = createRequire(join(process.cwd(), 'any.js'))('pg') as {
  Connection: { prototype: { parse: (query: { name?: string }, more?: boolean) => void } };
};
const { parse } = Connection.prototype;
let statements = 0;
Connection.prototype.parse = function (query, more) {
  if (query.name) statements += 1;
  parse.call(this, query, more);
};

process.on('message', (question) => {
  if (question !== 'usage' && question !== 'usage after gc') return;
  if (question === 'usage after gc') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const handles = process.getActiveResourcesInfo().length;
  const { heapUsed, rss } = process.memoryUsage();
  const peak = process.resourceUsage().maxRSS * 1024;
  process.send?.({ cpu: user + system, heap: heapUsed, rss, peak, handles, statements } satisfies Usage);
});
process.on('disconnect', () => process.exit());
// Only the bench's own channel: it must not keep a program alive that is done.
process.channel?.unref();
