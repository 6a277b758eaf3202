/** The answer to a question of cost, as figures: what `npm run cost` prints and the comparison's report has. */
import * as month from './monthly-cost.ts';
import type { PriceList } from './prices.ts';
import type { OperationUnits } from './units.ts';

export interface CostQuestion {
  readonly prices: PriceList;
  readonly region: string;
  readonly workload: month.Workload;
  readonly units: OperationUnits;
  /** Where the units come from, for the reader. */
  readonly unitsFrom: string;
  readonly pitr: boolean;
  readonly rds: month.RdsChoice;
  /** Operations per second the instance carries: the asker's own figure, never derived here. */
  readonly rdsCapacity: number | undefined;
  readonly shared: { readonly tasks: number; readonly natGateways: number };
}

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

/** The volume at which the plan saw DynamoDB stop being the cheaper one, and the smallest instance. */
export const PLANNED_CROSSOVER = 100_000;
export const SMALLEST = 'db.t4g.micro';

/** The cost figures that the service was planned with, computed again for the question's mix, region and units. */
export function recomputeMission(question: CostQuestion) {
  const { prices, workload, units, pitr, rds } = question;
  const planned = { ...workload, rate: PLANNED_CROSSOVER / (3600 * workload.hoursPerMonth) };
  const atPlanned = (dynamodb: PriceList['dynamodb']) =>
    month.total(month.dynamoDbMonth(planned, units, dynamodb, { pitr }));
  const smallestRds = month.total(
    month.rdsMonth({ ...rds, instance: SMALLEST, multiAz: false }, prices.rds, workload.hoursPerMonth),
  );
  const crossoverPerSecond = crossoverRate(question, smallestRds);
  return {
    before: prices.beforeNovember2024,
    now: prices.dynamodb,
    dynamoDbAtPlanned: atPlanned(prices.dynamodb),
    dynamoDbAtPlannedBefore: atPlanned({ ...prices.dynamodb, ...prices.beforeNovember2024 }),
    smallestRds,
    crossoverPerSecond,
    crossoverPerMonth: month.operationsPerMonth({ ...workload, rate: crossoverPerSecond }),
  };
}

export const dollars = (amount: number): string =>
  `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

export const count = (value: number): string =>
  value.toLocaleString('en-US', { maximumSignificantDigits: value < 1000 ? 3 : 4 });
