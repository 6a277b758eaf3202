/** The scalars of the contract. Inside the service an amount is minor units and a time is milliseconds. */
import { GraphQLScalarType, Kind } from 'graphql';
import { formatAmount, parseAmount } from '../cart/money.ts';

/** Minor units inside, text outside. Numbers are refused: a JSON number is a binary fraction. */
export const Decimal = new GraphQLScalarType<number, string>({
  name: 'Decimal',
  description: 'An exact decimal, serialised as a string with two fraction digits: "29.99".',
  serialize: (amount) => formatAmount(amount as number),
  parseValue: parseDecimal,
  parseLiteral: (node) => parseDecimal(node.kind === Kind.STRING ? node.value : undefined),
});

function parseDecimal(value: unknown): number {
  if (typeof value === 'string') return parseAmount(value, 'The value');
  throw new TypeError('A decimal must be a string such as "29.99".');
}

/** Milliseconds since the epoch inside. Only ever answered, never an argument. */
export const DateTime = new GraphQLScalarType<never, string>({
  name: 'DateTime',
  description: 'RFC 3339 in UTC with milliseconds: "2026-01-19T22:15:00.000Z".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (time) => new Date(time as number).toISOString(),
});

export const CurrencyCode = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  description: 'An ISO 4217 code: "USD".',
  serialize: String,
});
