/** What outlives a visit, as texts under names. */
export interface Stored {
  get(name: string): string | null;
  /** null forgets it. */
  set(name: string, value: string | null): void;
  /** Calls back when another tab of the browser changes something. */
  watch(changed: (name: string, value: string | null) => void): void;
}
