/** What an error of the server says is said by its SQLSTATE: severity and message are in the server's language. */
import pg from 'pg';
import { expect, test } from 'vitest';
import {
  isConflict,
  isRefusal,
  isStale,
  leavesConnectionGood,
} from '../../../src/stores/postgres/driver-errors.ts';

const told = (code: string | undefined, severity: string) =>
  Object.assign(new pg.DatabaseError('etwas', 5, 'error'), { code, severity });

/** In English, in German, in Russian. */
const ERROR = ['ERROR', 'FEHLER', 'ОШИБКА'];
const FATAL = ['FATAL', 'PANIC', 'FATAL', 'PANIK', 'ВАЖНО', 'ПАНИКА'];

test.each([
  '0A000',
  '22003',
  '23505',
  '23514',
  '40001',
  '40P01',
  '42501',
  '42P01',
  '55P03',
  '57014',
  'P0001',
])('a statement that is refused with %s was not carried out, in any language', (code) => {
  for (const severity of ERROR) expect(isRefusal(told(code, severity))).toBe(true);
});

test.each([
  ...['08000', '08006', '08P01', '40003', '25P03', '25P04', '53100', '53200', '53300', '57P01', '57P02'],
  ...['57P03', '57P04', '57P05', '58000', '58030', '58P01', 'F0000', 'XX000', 'XX001', undefined],
])('an end of the session, %s, leaves open what became of the statement, in any language', (code) => {
  for (const severity of [...FATAL, ...ERROR]) expect(isRefusal(told(code, severity))).toBe(false);
});

test('conflicts, stale statements and good connections are known in any language', () => {
  for (const severity of ERROR) {
    expect(isConflict(told('40001', severity))).toBe(true);
    expect(isStale(told('26000', severity))).toBe(true);
    expect(leavesConnectionGood(told('22003', severity))).toBe(true);
    expect(leavesConnectionGood(told('57P01', severity))).toBe(false);
  }
});

test('what no server has said is no refusal', () => {
  expect(isRefusal(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(false);
});
