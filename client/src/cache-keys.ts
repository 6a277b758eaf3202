/** What a normalised cache must know of the schema. Carts, items and products have ids that are unique among their type. */

export { possibleTypes } from './generated/possible-types.ts';

/** Values: what is in them belongs to what has them. A viewer is whoever asks, and the next may be somebody else. */
export const withoutIdentity = ['Attribute', 'Money', 'PriceChange', 'Viewer'] as const;
