import { Field, ObjectType } from 'type-graphql';
import { CurrencyCode, Decimal } from './scalars.ts';

@ObjectType('Money', { description: 'An exact amount in a currency.', simpleResolvers: true })
export class MoneyType {
  @Field(() => Decimal, { description: 'The amount in units of the currency, with two fraction digits.' })
  amount!: number;

  @Field(() => CurrencyCode, { description: 'The currency; the same for every amount of one deployment.' })
  currency!: string;
}
