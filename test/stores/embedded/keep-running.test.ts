/** An engine that ends by itself: with stand-ins for the rules, with real engines and a real kill for the rest. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedDynamoDB } from '../../../src/stores/embedded/dynamodb.ts';
import { findProcesses } from '../../../src/stores/embedded/engine-orphans.ts';
import { keepRunning, silentEvents } from '../../../src/stores/embedded/keep-running.ts';
import { startEmbeddedPostgres } from '../../../src/stores/embedded/postgres.ts';

interface StandIn {
  ended: Promise<{ code: number | null; summary: string }>;
  unref: () => void;
  stop: () => Promise<void>;
  end: (summary: string) => void;
  stops: number;
}

function standIn(): StandIn {
  let end: StandIn['end'] = () => undefined;
  const ended = new Promise<{ code: number | null; summary: string }>((resolve) => {
    end = (summary) => {
      resolve({ code: 1, summary });
    };
  });
  const engine: StandIn = {
    ended,
    unref: () => undefined,
    stop: () => {
      engine.stops += 1;
      end('stopped');
      return Promise.resolve();
    },
    end: (summary) => {
      end(summary);
    },
    stops: 0,
  };
  return engine;
}

function watched(starts: (() => Promise<StandIn>)[]) {
  const heard: string[] = [];
  const time = { now: 0 };
  const first = standIn();
  let told: () => void = () => undefined;
  const running = keepRunning({
    name: 'The engine',
    engine: first,
    restart: () => (starts.shift() ?? (() => Promise.reject(new Error('nothing left'))))(),
    events: {
      ended: (summary) => heard.push(`ended: ${summary}`),
      restarted: () => {
        heard.push('restarted');
        told();
      },
      lost: ({ message }) => {
        heard.push(`lost: ${message}`);
        told();
      },
    },
    now: () => time.now,
    pause: () => Promise.resolve(),
  });
  const settled = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  return { running, first, heard, time, settled };
}

describe('an engine', () => {
  it('that ends is started again, and that one is watched too', async () => {
    const [second, third] = [standIn(), standIn()];
    const { first, heard, settled, running } = watched([
      () => Promise.resolve(second),
      () => Promise.resolve(third),
    ]);
    for (const engine of [first, second]) {
      const again = settled();
      engine.end('killed');
      await again;
    }
    expect(heard).toEqual(['ended: killed', 'restarted', 'ended: killed', 'restarted']);
    await running.stop();
    expect([first.stops, second.stops, third.stops]).toEqual([0, 0, 1]);
    expect(heard).toHaveLength(4);
  });

  it('is given up, with the reason, when it ends for the sixth time within a minute', async () => {
    const { first, heard, settled } = watched([]);
    const given = settled();
    first.end('killed');
    await given;
    expect(heard).toEqual([
      'ended: killed',
      ...Array.from({ length: 4 }, () => 'ended: nothing left'),
      'lost: The engine ended 6 times within a minute, the last time so: nothing left',
    ]);
  });

  it('may end now and then for ever', async () => {
    const engines = Array.from({ length: 20 }, standIn);
    const { first, heard, settled, time } = watched(engines.map((engine) => () => Promise.resolve(engine)));
    for (const engine of [first, ...engines.slice(0, -1)]) {
      time.now += 15_000;
      const again = settled();
      engine.end('killed');
      await again;
    }
    expect(heard.filter((line) => line === 'restarted')).toHaveLength(20);
  });

  it('that is being started is stopped all the same', async () => {
    const second = standIn();
    let started: (engine: StandIn) => void = () => undefined;
    const { first, running, heard } = watched([() => new Promise<StandIn>((resolve) => (started = resolve))]);
    first.end('killed');
    await first.ended;
    await Promise.resolve();
    const stopped = running.stop();
    started(second);
    await stopped;
    expect(second.stops).toBe(1);
    expect(heard).toEqual(['ended: killed']);
  });
});

describe('a real engine that is killed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cartwright-killed-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Kills the engine's first process whose command line has `marker`, and waits until it runs again. */
  async function kill(program: string, marker: string, restarted: Promise<void>): Promise<void> {
    const [found] = await findProcesses(program, marker);
    process.kill(found?.pid ?? NaN, 'SIGKILL');
    await restarted;
  }
  const hearing = () => {
    let tell: () => void = () => undefined;
    const restarted = new Promise<void>((resolve) => (tell = resolve));
    return { restarted, events: { ...silentEvents, restarted: tell } };
  };

  it('PostgreSQL has its rows, at the same address', async () => {
    const { restarted, events } = hearing();
    const { url, close } = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), events });
    const ask = async (text: string) => {
      const client = new pg.Client(url);
      client.on('error', () => undefined);
      await client.connect();
      const { rows } = await client.query<{ note: string }>(text);
      await client.end();
      return rows;
    };
    await ask(`CREATE TABLE notes AS SELECT 'kept' AS note`);
    await kill('postgres', `port=${new URL(url).port}`, restarted);
    expect(await ask('SELECT note FROM notes')).toEqual([{ note: 'kept' }]);
    await close();
    await expect(ask('SELECT 1')).rejects.toThrow('ECONNREFUSED');
  }, 120_000);

  it('DynamoDB answers at the same address', async () => {
    const { restarted, events } = hearing();
    const { endpoint, close } = await startEmbeddedDynamoDB({ dataDir: join(folder, 'dynamodb'), events });
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new DynamoDBClient({ endpoint, region: 'local', credentials });
    await kill('dynoxide', join(folder, 'dynamodb'), restarted);
    expect(await client.send(new ListTablesCommand())).toMatchObject({ TableNames: [] });
    client.destroy();
    await close();
  }, 120_000);
});
