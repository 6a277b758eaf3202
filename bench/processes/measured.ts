/** Loaded into every measured program before it starts (`node --import`): answers the bench's questions about the process. */
export interface Usage {
  /** User and system time of all threads so far, in microseconds. */
  readonly cpu: number;
  /** Bytes on the heap; after a collection when one was asked for and is possible (`--expose-gc`). */
  readonly heap: number;
  readonly rss: number;
}

process.on('message', (question) => {
  if (question !== 'usage' && question !== 'usage after gc') return;
  if (question === 'usage after gc') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ cpu: user + system, heap: heapUsed, rss } satisfies Usage);
});
process.on('disconnect', () => process.exit());
// Only the bench's own channel: it must not keep a program alive that is done.
process.channel?.unref();
