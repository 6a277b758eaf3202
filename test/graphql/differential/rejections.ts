/**
 * Rejections that nobody handled. graphql-js leaves some: where an item of a list throws at once, promises of the items
 * before it are forgotten, and when one of them rejects, Node ends the process. Ours must leave none, so they are counted
 * here in place of everybody else who listens.
 */
export interface Rejections {
  /** Those since it was asked last. */
  take(): unknown[];
  stop(): void;
}

export function watchRejections(): Rejections {
  let seen: unknown[] = [];
  const others = process.listeners('unhandledRejection');
  const listener = (reason: unknown) => {
    seen.push(reason);
  };
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', listener);
  return {
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    stop() {
      process.off('unhandledRejection', listener);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
}
