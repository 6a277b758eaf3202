import type { FindRoute } from './messages.ts';

/** What the first of them has at a path that has anything there. */
export function firstOf(finders: readonly FindRoute[]): FindRoute {
  return (path) => {
    for (const find of finders) {
      const route = find(path);
      if (route) return route;
    }
    return undefined;
  };
}
