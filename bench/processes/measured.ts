/** Loaded into every measured program before it starts (`node --import`): answers the bench's questions about the process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

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

const readUsage = () => {
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return {
    /** User and system time of all threads so far, in microseconds. */
    cpu: user + system,
    /** Bytes on the heap; after a collection when one was asked for and is possible (`--expose-gc`). */
    heap: heapUsed,
    rss,
    /** The highest RSS so far. */
    peak: process.resourceUsage().maxRSS * 1024,
    /** What keeps the event loop busy: sockets, timers and such. */
    handles: process.getActiveResourcesInfo().length,
    /** Statements that were prepared on connections of pg, so far. */
    statements,
  };
};
export type Usage = ReturnType<typeof readUsage>;

process.on('message', (question) => {
  if (question === 'usage after gc') globalThis.gc?.();
  if (question === 'usage' || question === 'usage after gc') process.send?.(readUsage());
});
process.on('disconnect', () => process.exit());
// Only the bench's own channel: it must not keep a program alive that is done.
process.channel?.unref();
