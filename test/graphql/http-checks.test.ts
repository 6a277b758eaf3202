import type { IncomingHttpHeaders } from 'node:http';
import { expect, it } from 'vitest';
import { checkHeaders, headersForApollo } from '../../src/graphql/http-checks.ts';
import type { HttpRequest } from '../../src/http/messages.ts';

const check = (headers: IncomingHttpHeaders, method = 'POST') => {
  const request = { method, headers: { 'content-type': 'application/json', ...headers } } as HttpRequest;
  const type = checkHeaders(request);
  return typeof type === 'string' ? Object.fromEntries(headersForApollo(request, type)) : type.status;
};

it('takes an Accept header of more than 1,000 characters for none', () => {
  const json = { 'content-type': 'application/json' };
  for (const accept of ['*/*,'.repeat(3_800), 'text/html,'.repeat(101), 'x'.repeat(1_001)])
    expect(check({ accept })).toEqual(json);
  expect(check({ accept: 'text/html,'.repeat(99) })).toBe(406);
  const accept = `${'text/html,'.repeat(95)}application/graphql-response+json`;
  expect(check({ accept })).toEqual({ ...json, accept: 'application/graphql-response+json; charset=utf-8' });
});

it('hands on no long Content-Type', () => {
  const type = (more: number) => ({ 'content-type': `application/json;${';'.repeat(more)}` });
  expect(check(type(900))).toEqual({ 'content-type': 'application/json' });
  expect(check(type(15_000))).toBe(415);
  expect(check(type(0), 'GET')).toEqual(type(0));
  expect(check(type(15_000), 'GET')).toEqual({});
});
