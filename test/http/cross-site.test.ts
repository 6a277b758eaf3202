import { expect, test } from 'vitest';
import { createCrossSiteCheck } from '../../src/http/cross-site.ts';

const isCrossSite = createCrossSiteCheck(['https://shop.example']);
const host = 'carts.example';

test.each([
  ['no browser', {}],
  ['the service’s own page', { origin: 'https://carts.example', 'sec-fetch-site': 'same-origin' }],
  ['the same, by an old browser', { origin: 'http://carts.example' }],
  [
    'the same, behind a proxy that changes the host',
    { origin: 'https://x.example', 'sec-fetch-site': 'same-origin' },
  ],
  ['the address bar', { 'sec-fetch-site': 'none' }],
  ['a site that may call', { origin: 'https://shop.example', 'sec-fetch-site': 'cross-site' }],
  ['the same, by an old browser', { origin: 'https://shop.example' }],
])('may send: %s', (_who, headers) => {
  expect(isCrossSite({ host, ...headers })).toBe(false);
});

test.each([
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['another site over plain HTTP', { origin: 'http://evil.example' }],
  ['a neighbour', { origin: 'https://blog.carts.example', 'sec-fetch-site': 'same-site' }],
  ['another port', { origin: 'https://carts.example:8443' }],
  ['a page without an address', { origin: 'null' }],
  ['a page that hides its address', { 'sec-fetch-site': 'cross-site' }],
  ['what looks like a site that may call', { origin: 'https://shop.example.evil.test' }],
  ['what no browser sends', { origin: 'carts.example' }],
])('may not send: %s', (_who, headers) => {
  expect(isCrossSite({ host, ...headers })).toBe(true);
});
