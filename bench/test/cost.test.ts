import { describe, expect, it } from 'vitest';
import { itemSize } from '../../test/support/item-size.ts';
import { main } from '../cost/cost.ts';
import { readQuestion } from '../cost/question.ts';
import { answerCost, crossoverRate } from '../cost/answer.ts';
import { dynamoDbMonth, rdsMonth, total } from '../cost/monthly-cost.ts';
import { loadPrices } from '../cost/prices.ts';
import { indexWriteUnits, readUnits, writeUnits } from '../cost/units.ts';

const east = loadPrices();
describe('item size', () => {
  it('counts as documented, worked out by hand', () => {
    expect(itemSize({ id: { S: 'äb' } })).toBe(2 + 3);
    // 29.99: four digits are two bytes, plus one
    expect(itemSize({ n: { N: '29.99' } })).toBe(1 + 3);
    // zeroes in front and behind are not significant; a sign is a byte
    expect(itemSize({ n: { N: '-0012.00' } })).toBe(1 + 1 + 1 + 1);
    expect(itemSize({ b: { B: Buffer.alloc(28).toString('base64') as never } })).toBe(1 + 28);
    expect(itemSize({ t: { BOOL: true }, z: { NULL: true } })).toBe(2 + 2);
    // list: name 5 + 3, one element + 1, which is a map: 3 + one element 1 + name 1 + number 2
    expect(itemSize({ items: { L: [{ M: { q: { N: '2' } } }] } })).toBe(5 + 3 + 1 + 3 + 1 + 1 + 2);
  });
});

describe('request units', () => {
  it('rounds reads up to 4 KB and writes up to 1 KB, at least one step', () => {
    expect([0, 4096, 4097].map((bytes) => readUnits(bytes, 'strong'))).toEqual([1, 1, 2]);
    expect([0, 4096, 4097].map((bytes) => readUnits(bytes, 'eventual'))).toEqual([0.5, 0.5, 1]);
    expect([0, 1024, 1025].map((bytes) => writeUnits(bytes))).toEqual([1, 1, 2]);
    expect(writeUnits(3000, 'transactional')).toBe(6);
    expect(readUnits(5000, 'transactional')).toBe(4);
  });

  it('writes the index once with the larger entry, and not for an item outside it', () => {
    expect(indexWriteUnits(3000, 900)).toBe(3);
    expect(indexWriteUnits(undefined, 900)).toBe(1);
    expect(indexWriteUnits(undefined, undefined)).toBe(0);
  });
});

describe('monthly cost', () => {
  const units = {
    create: { read: 0, write: 2 },
    get: { read: 0.5, write: 0 },
    add: { read: 1.5, write: 4 },
    update: { read: 1, write: 4 },
    history: { read: 5, write: 0 },
  };
  const onlyGets = { create: 0, get: 1, add: 0, update: 0, history: 0 };
  const workload = { rate: 10, shares: onlyGets, items: 10, hoursPerMonth: 730 };

  it('of gets alone is reads alone: 26.28 million half units at $0.125', () => {
    const lines = dynamoDbMonth(workload, units, east.dynamodb, { pitr: true });
    expect(total(lines)).toBeCloseTo(26.28 * 0.5 * 0.125, 10);
  });

  it('of creations: units, and seven days of carts in table, index and recovery', () => {
    const creations = { ...workload, items: 0, shares: { ...onlyGets, get: 0, create: 1 } };
    const lines = dynamoDbMonth(creations, units, east.dynamodb, { pitr: true });
    const [write, , table, index, pitr] = lines.map((line) => line.dollars);
    expect(write).toBeCloseTo(26.28 * 2 * 0.625, 10);
    expect(index).toBe(table);
    expect(pitr).toBeCloseTo(((table ?? 0) / 0.25) * 0.2, 12);
    expect((table ?? 0) / 0.25).toBeGreaterThan((10 * 604_800 * 700) / 2 ** 30);
  });

  it('of RDS: Multi-AZ doubles instance and storage; backups cost beyond the storage', () => {
    const choice = { instance: 'db.t4g.medium', multiAz: true, storageGb: 100, backupGb: 150 };
    const lines = rdsMonth(choice, east.rds, 730);
    expect(lines.map((line) => line.dollars)).toEqual([0.065 * 2 * 730, 100 * 0.115 * 2, 50 * 0.095]);
    const unknown = () => rdsMonth({ ...choice, instance: 'db.x9' }, east.rds, 730);
    expect(unknown).toThrow('no price for the instance class "db.x9"');
  });

  it('meets RDS at the crossover', () => {
    const question = readQuestion([]);
    const workload = { ...question.workload, rate: crossoverRate(question, 100) };
    expect(answerCost({ ...question, workload }).dynamodb.total).toBeCloseTo(100, 9);
  });
});

describe('npm run cost', () => {
  it('answers the question asked', () => {
    const answer = answerCost(readQuestion(['--rate', '100', '--reads', '0.7']));
    expect(answer.operationsPerMonth).toBe(100 * 3600 * 730);
    expect(answer.dynamodb.perMillionOperations).toBeCloseTo(answer.dynamodb.total / 262.8, 10);
  });

  it('prices the deployment as Terraform makes it: two ARM64 tasks, one gateway, three addresses', () => {
    const { shared } = answerCost(readQuestion(['--rate', '0.000001', '--reads', '0.7']));
    const dollars = Object.fromEntries(shared.map((line) => [line.label, line.dollars]));
    expect(dollars['Fargate (ARM64), 2 tasks']).toBeCloseTo(28.84, 2);
    expect(dollars['NAT, 1 gateway']).toBeCloseTo(32.85, 2);
    expect(dollars['public IPv4, 3 addresses']).toBeCloseTo(10.95, 2);
  });

  it.each([
    [['--reads', '1.2'], '--reads must be a number from 0 to 1, got "1.2"'],
    [['--rate', 'many'], '--rate must be a number'],
    [['--region', 'eu-west-1'], '--region must be one of us-east-1, us-west-2; got "eu-west-1"'],
    [['--items', '2.5'], '--items must be a whole number'],
    [['--rds-instance', 'db.x9'], '--rds-instance must be one of db.t4g.micro'],
    [['--nat-gateways', '4'], '--nat-gateways must be a whole number from 0 to 3'],
    [['--units', 'x.json', '--consistency', 'strong'], '--consistency does not go with --units'],
    [['--units', '/nowhere.json'], '--units: /nowhere.json is not a request-units.json'],
  ])('refuses %j', (args, message) => {
    expect(() => readQuestion(args)).toThrow(message);
  });

  it('refuses an option it does not know', () => {
    expect(() => main(['--raet', '5'], () => undefined)).toThrow("Unknown option '--raet'");
  });
});
