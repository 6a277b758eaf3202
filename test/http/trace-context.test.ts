import { expect, it } from 'vitest';
import { traceContextOf } from '../../src/http/trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

it.each([
  [`00-${TRACE}-${PARENT}-01`, true],
  [`00-${TRACE}-${PARENT}-00`, false],
  [`cc-${TRACE}-${PARENT}-03-what-the-future-brings`, true],
])('W3C: %s', (traceparent, sampled) => {
  expect(traceContextOf({ traceparent })).toEqual({ traceId: TRACE, parentId: PARENT, sampled });
});

it.each([
  `ff-${TRACE}-${PARENT}-01`,
  `00-${'0'.repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}`,
  `00-${TRACE}-${PARENT}-01x`,
  '',
])('not W3C: %s', (traceparent) => {
  expect(traceContextOf({ traceparent })).toBeUndefined();
});

it('reads what load balancers of AWS send, where there is no other', () => {
  const root = 'Root=1-4bf92f35-77b34da6a3ce929d0e0e4736';
  const from = (text: string) => traceContextOf({ 'x-amzn-trace-id': text });
  expect(from(`${root};Parent=${PARENT};Sampled=1`)).toEqual({
    traceId: TRACE,
    parentId: PARENT,
    sampled: true,
  });
  expect(from(`Self=1-1-1; Sampled=?; ${root.toUpperCase()}`)).toEqual({
    traceId: TRACE,
    parentId: undefined,
    sampled: undefined,
  });
  for (const text of ['', 'Root=', 'Root=1-2-3', `Root=${TRACE}`, `${root}${';a=b'.repeat(200)}`])
    expect(from(text)).toBeUndefined();
  const both = { traceparent: `00-${'a'.repeat(32)}-${PARENT}-01`, 'x-amzn-trace-id': root };
  expect(traceContextOf(both)?.traceId).toBe('a'.repeat(32));
});
