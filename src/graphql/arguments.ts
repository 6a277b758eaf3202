/** From the arguments of a client to those of the operations. Everything here throws InputError. */
import { toAttributes, type Attribute } from '../cart/attributes.ts';
import { checkNote, type CartDetails, type ItemChoices } from '../cart/cart.ts';
import type { ItemReference } from '../cart/find-item.ts';
import { checkIdempotencyKey, parseProductId, type ProductId } from '../cart/ids.ts';
import { checkDistinct, checkNotEmpty } from '../cart/input-checks.ts';
import { InputError } from '../cart/input-error.ts';
import { identityOf, parseItemId } from '../cart/item-key.ts';
import type { ItemAddition, ItemQuantity } from '../cart/items.ts';
import type { ChangeTerms } from '../changes/cart-operations.ts';
import type { Context } from './context.ts';

type Optional<Value> = Value | null | undefined;

/** A change's conditions, from the part that all inputs share. */
export function toTerms(
  input: { expectedVersion?: number | null; idempotencyKey?: string | null },
  { viewer, signal }: Context,
): ChangeTerms {
  const idempotencyKey = input.idempotencyKey ?? undefined;
  if (idempotencyKey !== undefined) checkIdempotencyKey(idempotencyKey, 'input.idempotencyKey');
  return { viewer, signal, expectedVersion: input.expectedVersion ?? undefined, idempotencyKey };
}

/** Note and attributes of a cart: undefined for what is left out, null for what is to go, whichever way that was said. */
export function toDetails(input: {
  note?: string | null;
  attributes?: readonly Attribute[] | null;
}): CartDetails {
  const { note, attributes } = input;
  if (note != null) checkNote(note, 'input.note');
  return {
    note: note === '' ? null : note,
    attributes: attributes && (toAttributes(attributes, 'cart', 'input.attributes') ?? null),
  };
}

/** Choices as the schema's input has them: null says as little as nothing. */
type ChoicesInput = {
  readonly [Name in keyof ItemChoices]?:
    (Name extends 'attributes' ? readonly Attribute[] : ItemChoices[Name]) | null;
};

interface AdditionInput extends ChoicesInput {
  readonly productId: string;
  readonly quantity: number;
}

/** Different items: products with what is said of them. */
export function toAdditions(items: readonly AdditionInput[]): ItemAddition[] {
  const additions = items.map(({ productId, quantity, attributes, ...others }, index) => {
    const item = `input.items[${index}]`;
    const id = parseProductId(productId, `${item}.productId`);
    const said = attributes && toAttributes(attributes, 'item', `${item}.attributes`);
    return { productId: id, quantity, ...(said && { attributes: said }), ...given(others) };
  });
  checkDistinct(additions.map(identityOf), 'item', 'input.items');
  return additions;
}

/** What is neither null nor left out. */
function given<Input extends object>(input: Input): { [Name in keyof Input]: NonNullable<Input[Name]> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null)) as never;
}

interface ReferenceInput {
  readonly itemId?: Optional<string>;
  readonly productId?: Optional<string>;
  readonly quantity: number;
}

/** New quantities of different items; at least one. */
export function toQuantities(items: readonly ReferenceInput[]): ItemQuantity[] {
  checkNotEmpty(items, 'input.items');
  const quantities = items.map(({ itemId, productId, quantity }, index) => ({
    ...toReference(itemId, productId, `input.items[${index}].itemId`, `input.items[${index}].productId`),
    quantity,
  }));
  checkReferences(quantities, 'input.items', 'input.items');
  return quantities;
}

/** Different items to remove, those named by their ids first; at least one. */
export function toReferences(input: {
  itemIds?: Optional<readonly string[]>;
  productIds?: Optional<readonly string[]>;
}): ItemReference[] {
  const { itemIds, productIds } = input;
  if (!itemIds?.length && !productIds?.length) {
    const given = itemIds || productIds ? 'an empty list' : undefined;
    throw new InputError('input.productIds', 'must have at least one entry, or itemIds must', given);
  }
  const references: ItemReference[] = [
    ...(itemIds ?? []).map((id, index) => ({ itemId: parseItemId(id, `input.itemIds[${index}]`) })),
    ...(productIds ?? []).map((id, index) => ({
      productId: parseProductId(id, `input.productIds[${index}]`),
    })),
  ];
  checkReferences(references, 'input.itemIds', 'input.productIds');
  return references;
}

/**
 * Exactly one of an item's id and its product.
 * @param idArgument `input.items[2].itemId`
 * @param productArgument `input.items[2].productId`
 */
export function toReference(
  id: Optional<string>,
  productId: Optional<string>,
  idArgument: string,
  productArgument: string,
): ItemReference {
  if (id != null && productId == null) return { itemId: parseItemId(id, idArgument) };
  if (id == null && productId != null) return { productId: parseProductId(productId, productArgument) };
  const given = id == null ? undefined : 'both';
  throw new InputError(idArgument, `must be given, or else ${productArgument}, and not both`, given);
}

/** One name in each way of naming; that an item is named in both ways only its cart can tell. */
function checkReferences(references: readonly ItemReference[], itemIds: string, productIds: string): void {
  checkDistinct(
    references.flatMap(({ itemId }) => itemId ?? []),
    'item',
    itemIds,
  );
  checkDistinct(
    references.flatMap(({ productId }) => productId ?? []),
    'product',
    productIds,
  );
}

/** Different products; at least one. */
export function toProductIds(ids: readonly string[], argument: string): ProductId[] {
  checkNotEmpty(ids, argument);
  const parsed = ids.map((id, index) => parseProductId(id, `${argument}[${index}]`));
  checkDistinct(parsed, 'product', argument);
  return parsed;
}
