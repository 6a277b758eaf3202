/** Standard input, where a task has a disk and where it has none, as on Fargate. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { readIntoMemory } from '../../src/tasks/catalogue/source.ts';
import type {} from '../support/compile-service.ts';

const rows = 'id,name,price\n1,A cup,4.50\n2,A plate,7\n';

test.each([
  ['with a disk', {}],
  ['without one', { TMPDIR: '/nowhere/that/exists' }],
])('%s', async (_, env) => {
  const program = join(inject('compiled'), 'tasks/catalogue.js');
  const task = spawn(process.execPath, [program, 'check', '-'], {
    env: { PATH: process.env['PATH'], ...env },
  });
  const [output, faults, ended] = [text(task.stdout), text(task.stderr), once(task, 'exit')];
  task.stdin.end(rows);
  expect([await output, await faults]).toEqual(['2 products, nothing wrong with any of them.\n', '']);
  expect((await ended)[0]).toBe(0);
});

test('what is kept in memory can be read twice', async () => {
  const open = await readIntoMemory(Readable.from([Buffer.from('ab'), Buffer.from('c')]), 3);
  expect([await text(open()), await text(open())]).toEqual(['abc', 'abc']);
});

test('no more is kept in memory than the limit', async () => {
  const reading = readIntoMemory(Readable.from([Buffer.from('ab'), Buffer.from('cd')]), 3);
  await expect(reading).rejects.toThrow('Standard input has more than 3 bytes');
});
