/** The cost figures that the service was planned with, computed again. */
import { count, dollars, type CostQuestion } from './cost-report.ts';
import { crossoverRate, dynamoDbMonth, operationsPerMonth, rdsMonth, total } from './monthly-cost.ts';

/** The volume at which the plan saw DynamoDB stop being the cheaper one. */
const PLANNED_CROSSOVER = 100_000;
const SMALLEST = 'db.t4g.micro';

type MissionQuestion = Pick<CostQuestion, 'prices' | 'region' | 'workload' | 'units' | 'pitr' | 'rds'>;

/** The planned figures beside the recomputed ones, for the question's mix, region and units. */
export function recomputeMission({ prices, region, workload, units, pitr, rds }: MissionQuestion) {
  const now = prices.regions[region];
  const before = { ...now.dynamodb, ...prices.beforeNovember2024 };
  const atPlanned = { ...workload, rate: PLANNED_CROSSOVER / (3600 * workload.hoursPerMonth) };
  const smallest = total(
    rdsMonth({ ...rds, instance: SMALLEST, multiAz: false }, now.rds, workload.hoursPerMonth),
  );
  const crossover = crossoverRate(workload, units, now.dynamodb, { pitr }, smallest);
  return {
    before: prices.beforeNovember2024,
    now: {
      perMillionWriteUnits: now.dynamodb.perMillionWriteUnits,
      perMillionReadUnits: now.dynamodb.perMillionReadUnits,
    },
    plannedCrossover: PLANNED_CROSSOVER,
    dynamoDbAtPlanned: total(dynamoDbMonth(atPlanned, units, now.dynamodb, { pitr })),
    dynamoDbAtPlannedBefore: total(dynamoDbMonth(atPlanned, units, before, { pitr })),
    smallestRds: smallest,
    crossoverPerSecond: crossover,
    crossoverPerMonth: operationsPerMonth({ ...workload, rate: crossover }),
  };
}

/** The same for people. */
export function renderMission(question: CostQuestion): string {
  const m = recomputeMission(question);
  return [
    'The figures the service was planned with, recomputed',
    '',
    `Planned: ${dollars(m.before.perMillionWriteUnits)} per million writes, ${dollars(m.before.perMillionReadUnits)} per million reads.`,
    `Now: $${m.now.perMillionWriteUnits} per million write units, $${m.now.perMillionReadUnits} per million read units: halved on 1 November 2024`,
    `(${question.prices.sources.dynamodbHalved ?? 'see prices.json'}).`,
    'A unit is 1 KB written or 4 KB read, not an operation: a change of a cart of 2 KB with its index costs four write units.',
    '',
    `Planned: PostgreSQL is the cheaper one "above ${count(m.plannedCrossover)} operations a month".`,
    `Recomputed: ${count(m.plannedCrossover)} operations cost ${dollars(m.dynamoDbAtPlanned)} on DynamoDB (${dollars(m.dynamoDbAtPlannedBefore)} at the old prices);`,
    `the smallest instance (${SMALLEST}, one zone, ${question.rds.storageGb} GB) costs ${dollars(m.smallestRds)} whether it is used or not.`,
    `The costs meet at ${count(m.crossoverPerMonth / 1e6)} million operations a month (${count(m.crossoverPerSecond)} a second),`,
    `${count(m.crossoverPerMonth / m.plannedCrossover)} times the planned figure.`,
    '',
  ].join('\n');
}
