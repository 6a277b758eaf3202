/** The answer to a question of cost, as figures: what `npm run cost` prints and the comparison's report has. */
import type { CostQuestion } from './question.ts';
import * as month from './monthly-cost.ts';

/**
 * The rate (operations per second) at which DynamoDB costs so many dollars a month: below it DynamoDB is cheaper than an
 * instance of that price, above it the instance, as far as it carries it. DynamoDB's cost is proportional to the rate.
 */
export function crossoverRate({ workload, units, prices, pitr }: CostQuestion, dollars: number): number {
  return (
    dollars / month.total(month.dynamoDbMonth({ ...workload, rate: 1 }, units, prices.dynamodb, { pitr }))
  );
}

/** Everything the answer consists of, in dollars per month unless named otherwise. */
export function answerCost(question: CostQuestion) {
  const { workload, units, pitr, rds, prices } = question;
  const hours = workload.hoursPerMonth;
  const millions = month.operationsPerMonth(workload) / 1e6;
  const summed = (lines: month.CostLine[]) => ({
    lines,
    total: month.total(lines),
    perMillionOperations: month.total(lines) / millions,
  });
  const crossovers = Object.keys(prices.rds.instancePerHour).flatMap((instance) =>
    [false, true].map((multiAz) => {
      const dollars = month.total(month.rdsMonth({ ...rds, instance, multiAz }, prices.rds, hours));
      const rate = crossoverRate(question, dollars);
      return { instance, multiAz, dollars, rate, operationsPerMonth: rate * 3600 * hours };
    }),
  );
  return {
    operationsPerMonth: millions * 1e6,
    unitsPerOperation: month.averageUnits(workload, units),
    dynamodb: summed(month.dynamoDbMonth(workload, units, prices.dynamodb, { pitr })),
    postgres: summed(month.rdsMonth(rds, prices.rds, hours)),
    shared: month.sharedMonth(workload, question.shared, prices.shared),
    crossovers,
  };
}

export const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const count = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: value < 1000 ? 3 : 4 });
