import type { Stored } from './stored.ts';

/** Other programs are developed on the same address: names of our own. */
const PREFIX = 'cartwright-playground:';

/** What the page keeps in the browser. It works as well, for as long as it is open, where nothing can be kept. */
export function createStored(storage: Storage): Stored {
  return {
    get: (name) => storage.getItem(PREFIX + name),
    set(name, value) {
      try {
        if (value === null) storage.removeItem(PREFIX + name);
        else storage.setItem(PREFIX + name, value);
      } catch {
        // Full or forbidden.
      }
    },
    watch(changed) {
      addEventListener('storage', ({ key, newValue }) => {
        if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length), newValue);
      });
    },
  };
}
