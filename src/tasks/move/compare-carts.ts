/** Whether a cart in the target is what became of the one that the source's marker keeps. */
import { isDeepStrictEqual } from 'node:util';
import { isLive, type Cart, type CartItem, type Timestamp } from '../../cart/cart.ts';
import { cartOfMarker, isMarker, liveCart, movesOf } from '../../cart/moved.ts';
import { unknownFieldOf, withUnknownBeside } from './unknown-fields.ts';

/**
 * - `left`: it is still in the source: nobody has handed it over
 * - `both`: it lives in both stores
 * - `missing`: the source has a marker, and the target nothing of it
 * - `differs`: it is in the target, and not as it was handed over, or as what can have become of that
 * - `returned`: either store has a marker
 * - `waived`: it is in the target without fields of a newer version, all of which were named: no difference
 */
export type Kind = 'left' | 'both' | 'missing' | 'differs' | 'returned' | 'waived';

export interface FieldDifference {
  /** Its path, such as `items[2].quantity`. */
  readonly field: string;
  /** Its values, where they are nobody's secrets; a time in milliseconds since the epoch. */
  readonly source?: string | number;
  readonly target?: string | number;
}

export interface CartDifference {
  readonly kind: Kind;
  /** Of one that differs. */
  readonly fields: readonly FieldDifference[];
}

/**
 * @param record of the source: not expired
 * @param there what the target has, expired or not, read after it
 * @param without fields of a newer version that the target may lack
 */
export function compareCart(
  record: Cart,
  there: Cart | undefined,
  now: Timestamp,
  without: ReadonlySet<string> = new Set(),
): CartDifference | undefined {
  const alone = (kind: Kind): CartDifference => ({ kind, fields: [] });
  if (!isMarker(record)) return alone(liveCart(there, now) ? 'both' : 'left');
  const kept = cartOfMarker(record);
  // A marker without a cart stands for none.
  if (!kept) return undefined;
  if (!there) return alone('missing');
  if (isMarker(there)) return alone(cartOfMarker(there) ? 'returned' : 'missing');
  const fields =
    there.version === kept.version ? differencesOf(kept, there) : impossibilitiesOf(kept, there, now);
  if (fields.length === 0) return undefined;
  const counted = fields.filter(({ field }) => !without.has(unknownFieldOf(field) ?? ''));
  return counted.length > 0 ? { kind: 'differs', fields: counted } : { kind: 'waived', fields };
}

/** Those that can be told; what is said of a cart and who has it is not for a log. */
const TOLD = new Set([
  'version',
  'status',
  'createdAt',
  'updatedAt',
  'expiresAt',
  'currency',
  'quantity',
  'unitPrice',
  'moves',
]);

function difference(field: string, source: unknown, target: unknown, name = field): FieldDifference {
  const told = (value: unknown) =>
    TOLD.has(name) && (typeof value === 'string' || typeof value === 'number') ? value : undefined;
  const values = { source: told(source), target: told(target) };
  return {
    field,
    ...(values.source !== undefined && { source: values.source }),
    ...(values.target !== undefined && { target: values.target }),
  };
}

/** All fields of a cart that nobody has changed since. */
function differencesOf(kept: Cart, there: Cart): FieldDifference[] {
  const { items: keptItems, ...keptRest } = kept;
  const { items, ...rest } = there;
  const fields = fieldDifferences(keptRest, rest, '');
  if (keptItems.length !== items.length)
    return [...fields, difference('items.length', keptItems.length, items.length)];
  keptItems.forEach((item, at) => {
    fields.push(...fieldDifferences(item, items[at] as CartItem, `items[${at}].`));
  });
  return fields;
}

function fieldDifferences(keptFields: object, fieldsThere: object, prefix: string): FieldDifference[] {
  const [kept, there] = [withUnknownBeside(keptFields), withUnknownBeside(fieldsThere)];
  const names = new Set([...Object.keys(kept), ...Object.keys(there)]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(kept[name], there[name]))
    .map((name) => difference(`${prefix}${name}`, kept[name], there[name], name));
}

/** What no change makes of a cart: changes count up, and none shortens its life or gives it to somebody else. */
function impossibilitiesOf(kept: Cart, there: Cart, now: Timestamp): FieldDifference[] {
  const wrong: Partial<Record<keyof Cart, boolean>> = {
    version: there.version < kept.version,
    createdAt: there.createdAt !== kept.createdAt,
    currency: there.currency !== kept.currency,
    updatedAt: there.updatedAt < kept.updatedAt,
    expiresAt: livesShorter(there, kept) || !isLive(there, now),
    customerId:
      there.status !== 'DELETED' && kept.customerId !== undefined && there.customerId !== kept.customerId,
    moves: movesOf(there) < movesOf(kept),
  };
  return (Object.keys(wrong) as (keyof Cart)[])
    .filter((field) => wrong[field])
    .map((field) => difference(field, kept[field], there[field]));
}

function livesShorter(there: Cart, kept: Cart): boolean {
  return (there.expiresAt ?? Infinity) < (kept.expiresAt ?? Infinity);
}
