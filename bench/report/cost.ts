/** The sections on cost: request units, months and crossovers, and the planned figures beside the recomputed ones. */
import { count, dollars } from '../cost/cost-report.ts';
import { crossoverRate, dynamoDbMonth, rdsMonth, total } from '../cost/monthly-cost.ts';
import { recomputeMission } from '../cost/mission-figures.ts';
import { OPERATIONS, type RequestUnits } from '../cost/operation-units.ts';
import { loadPrices } from '../cost/prices.ts';
import type { Section } from './model.ts';
import type { Summary } from './summary.ts';

const REGION = 'us-east-1';
export const COST_INSTANCES = ['db.t4g.micro', 'db.t4g.medium', 'db.m7g.large'] as const;
const STORAGE = { storageGb: 20, backupGb: 20 } as const;

/** Monthly dollars of the instance in two zones; of DynamoDB at a rate with the summary's mix and units. */
export function costFunctions({ costUnits, costWorkload }: Summary) {
  const prices = loadPrices().regions[REGION];
  const { hoursPerMonth } = costWorkload;
  return {
    dynamodb: (rate: number) =>
      total(dynamoDbMonth({ ...costWorkload, rate }, costUnits, prices.dynamodb, { pitr: true })),
    rds: (instance: string) =>
      total(rdsMonth({ ...STORAGE, instance, multiAz: true }, prices.rds, hoursPerMonth)),
    crossover: (rdsDollars: number) =>
      crossoverRate(costWorkload, costUnits, prices.dynamodb, { pitr: true }, rdsDollars),
  };
}

const units = ({ read, write }: RequestUnits) => `${read.toFixed(2)} read, ${write.toFixed(2)} write`;

/** What was measured beside the operations of the mix. */
function mergeUnits({ units: measured }: Summary): string[] {
  if (measured?.merge === undefined) return [];
  const { measured: reported, formula } = measured.merge;
  return [
    `A merge of two such carts, a transaction, takes ${units(reported)}; by the formula ${units(formula)}. For a write whose condition fails the engine reports nothing: its units are known by the formula alone.`,
  ];
}

/** Where the units come from. */
function unitsSource({ units: measured }: Summary): string {
  if (measured === undefined) return 'by the formula';
  const { operations, formula, cartBytes } = measured;
  const differing = OPERATIONS.filter(
    (name) => operations[name].read !== formula[name].read || operations[name].write !== formula[name].write,
  );
  const agreement =
    differing.length === 0 ? 'gives the same for every operation' : `differs for ${differing.join(', ')}`;
  return `measured with ReturnConsumedCapacity on carts of ${cartBytes} bytes; the formula ${agreement}`;
}

export function costSection(summary: Summary): Section {
  const cost = costFunctions(summary);
  const perOperation = OPERATIONS.map((name) => `${name} ${units(summary.costUnits[name])}`).join('; ');
  const millionRate = 1e6 / (3600 * summary.costWorkload.hoursPerMonth);
  return {
    title: 'Cost of the databases',
    text: [
      `Request units per operation, ${unitsSource(summary)}: ${perOperation}.`,
      ...mergeUnits(summary),
      `A million operations of the cart mix (70 % reads) cost ${dollars(cost.dynamodb(millionRate))} on DynamoDB on demand in ${REGION}, with storage and point-in-time recovery. An instance costs the same at any rate it carries: how much that is must be measured on AWS.`,
    ],
    table: {
      head: [
        'Instance, two zones, 20 GB',
        'A month',
        'DynamoDB is cheaper below',
        'Operations a month there',
      ],
      rows: COST_INSTANCES.map((instance) => {
        const rate = cost.crossover(cost.rds(instance));
        const monthly = (rate * 3600 * summary.costWorkload.hoursPerMonth) / 1e6;
        return [instance, dollars(cost.rds(instance)), `${count(rate)}/s`, `${count(monthly)} million`];
      }),
    },
    chart: 'costs',
  };
}

export function missionSection({ costUnits, costWorkload }: Summary): Section {
  const m = recomputeMission({
    prices: loadPrices(),
    region: REGION,
    workload: costWorkload,
    units: costUnits,
    pitr: true,
    rds: { ...STORAGE, instance: 'db.t4g.micro', multiAz: false },
  });
  return {
    title: 'The planned figures, corrected',
    table: {
      head: ['Planned', 'Recomputed'],
      rows: [
        [
          `${dollars(m.before.perMillionWriteUnits)} per million writes`,
          `$${m.now.perMillionWriteUnits} per million write units since November 2024; a change of a cart takes ${costUnits.add.write.toFixed(0)}`,
        ],
        [
          `${dollars(m.before.perMillionReadUnits)} per million reads`,
          `$${m.now.perMillionReadUnits} per million read units since November 2024; an eventual get takes ${costUnits.get.read}`,
        ],
        [
          `PostgreSQL cheaper above ${count(m.plannedCrossover)} operations a month`,
          `${count(m.plannedCrossover)} operations cost ${dollars(m.dynamoDbAtPlanned)}, the smallest instance ${dollars(m.smallestRds)}; they meet at ${count(m.crossoverPerMonth / 1e6)} million a month`,
        ],
      ],
    },
  };
}
