/** The scalars of the contract. */
import { GraphQLScalarType, Kind } from 'graphql';
import { InputError } from '../cart/input-error.ts';
import { isoTime } from '../cart/iso-time.ts';
import { isDecimal } from '../cart/money.ts';

/**
 * Text inside as outside: how many fraction digits it may have is known where its currency is. Numbers are refused: a JSON number is
 * a binary fraction.
 */
export const Decimal = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal, serialised as a string with as many fraction digits as the currency has: "29.99", "1980", "1.250".',
  serialize: toDecimal,
  parseValue: toDecimal,
  parseLiteral: (node) => toDecimal(node.kind === Kind.STRING ? node.value : undefined),
});

function toDecimal(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('A decimal must be a string such as "29.99".');
  if (isDecimal(value)) return value;
  throw new InputError(
    'The value',
    'must be a decimal such as "29.99", with at most 3 fraction digits',
    value,
  );
}

/** Milliseconds since the epoch inside. Only ever answered, never an argument. */
export const DateTime = new GraphQLScalarType<never, string>({
  name: 'DateTime',
  description: 'RFC 3339 in UTC with milliseconds: "2026-01-19T22:15:00.000Z".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (time) => isoTime(time as number),
});

export const CurrencyCode = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  description: 'An ISO 4217 code: "USD".',
  serialize: String,
});
