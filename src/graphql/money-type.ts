import { Field, ObjectType } from 'type-graphql';
import { CurrencyCode, Decimal } from './scalars.ts';

@ObjectType('Money', { description: 'An exact amount in a currency.', simpleResolvers: true })
export class MoneyType {
  /** Minor units: derived-fields.ts makes text of them. */
  @Field(() => Decimal, {
    description: 'The amount in units of the currency, with as many fraction digits as that has.',
  })
  amount!: number;

  @Field(() => CurrencyCode, { description: 'The currency; the same for every amount of one deployment.' })
  currency!: string;
}
