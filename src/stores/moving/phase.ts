/** How far a move is. */
import type { Role } from './place.ts';

/**
 * `follow`: carts stay in the source, and are followed into the target where another process has handed them over. `handover`: a cart
 * that is changed is handed over first, and new ones are made in the target.
 */
export type Phase = 'follow' | 'handover';

export const phases = ['follow', 'handover'] as const satisfies readonly Phase[];

/** The store that is looked into first: where most carts are, or are to be. */
export const homeOf = { follow: 'source', handover: 'target' } as const satisfies Record<Phase, Role>;
