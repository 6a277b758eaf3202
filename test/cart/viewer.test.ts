import { describe, expect, it } from 'vitest';
import type { CartStatus } from '../../src/cart/cart.ts';
import { maySee, mustActFor, mustBeStaff, PermissionError } from '../../src/cart/viewer.ts';
import { newCart, NOON } from '../support/carts.ts';
import { customer, guest, staff } from '../support/open-operations.ts';

describe('maySee', () => {
  it.each([
    ['staff', staff, true, true],
    ['its customer', customer(5), true, true],
    ['another customer', customer(6), true, false],
    ['a guest', guest, true, false],
  ])('%s sees guest carts and the carts of customer 5', (_name, viewer, guests, customers) => {
    for (const status of ['ACTIVE', 'CHECKED_OUT', 'MERGED'] satisfies CartStatus[]) {
      expect(maySee(viewer, newCart(NOON, { status }))).toBe(guests);
      expect(maySee(viewer, newCart(NOON, { status, customerId: '5' }))).toBe(customers);
    }
    expect(maySee(viewer, newCart(NOON, { status: 'DELETED' }))).toBe(false);
  });
});

it('only staff and the customer act for a customer', () => {
  const act = (viewer: Parameters<typeof mustActFor>[0]) => () => {
    mustActFor(viewer, '5');
  };
  expect(act(staff)).not.toThrow();
  expect(act(customer(5))).not.toThrow();
  expect(act(customer(6))).toThrow(PermissionError);
  expect(act(guest)).toThrow(PermissionError);
});

it('only staff change the catalogue', () => {
  expect(() => {
    mustBeStaff(staff);
  }).not.toThrow();
  for (const viewer of [customer(5), guest]) {
    expect(() => {
      mustBeStaff(viewer);
    }).toThrow(PermissionError);
  }
});
