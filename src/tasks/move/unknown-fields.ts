/**
 * Fields of carts that a newer version of the service has written. DynamoDB keeps them, PostgreSQL has no column for them: a cart that
 * goes there goes without.
 */
import type { Cart, CartItem } from '../../cart/cart.ts';

/** Their names: `gift_wrap` of the cart, `items.gift_wrap` of what is in it. Each once. */
export function unknownFieldsOf({ unknown, items }: Cart): Set<string> {
  const names = new Set(Object.keys(unknown ?? {}));
  for (const name of items.flatMap((item) => Object.keys(item.unknown ?? {}))) names.add(`items.${name}`);
  return names;
}

/** A cart or an item whose unknown fields stand beside the others, as `unknown.gift_wrap`. */
export function withUnknownBeside(of: object): Readonly<Record<string, unknown>> {
  const { unknown, ...fields } = of as Partial<Pick<CartItem, 'unknown'>>;
  const beside = Object.entries(unknown ?? {}).map(([name, value]) => [`unknown.${name}`, value] as const);
  return { ...fields, ...Object.fromEntries(beside) };
}

/** The name, as above, of the field in a path of a difference such as `items[2].unknown.gift_wrap`; undefined for one that is known. */
export function unknownFieldOf(path: string): string | undefined {
  const [, inItem, name] = /^(items\[\d+\]\.)?unknown\.(.+)$/.exec(path) ?? [];
  return name === undefined ? undefined : `${inItem === undefined ? '' : 'items.'}${name}`;
}
