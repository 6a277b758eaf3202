import { expect, test } from 'vitest';
import { mediaTypeProblem } from '../../src/http/media-type.ts';

test.each([
  'application/json',
  'Application/JSON',
  ' application/json ;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json;charset="utf-8"',
  'application/json; charset=utf8',
  'application/json\t;\tcharset = utf-8 ',
  'application/json;',
  'application/json; version=1; charset=utf-8',
])('JSON in UTF-8: %j', (type) => {
  expect(mediaTypeProblem({ 'content-type': type })).toBeUndefined();
  expect(mediaTypeProblem({ 'content-type': type, 'content-encoding': 'Identity' })).toBeUndefined();
});

test.each([
  'application/json; charset=iso-8859-1',
  'application/json; charset=utf-16',
  'application/json; charset=utf-8; charset=latin1',
  'application/json; charset',
  'application/json, text/plain',
  'application/jsonp',
  'application/graphql',
  'application/vnd.api+json',
  // What a page of any site may send without asking, also in disguise.
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=application/json',
  'text/plain; application/json',
  'text/plain;charset=UTF-8',
  'text/ping',
])('not JSON in UTF-8: %j', (type) => {
  expect(mediaTypeProblem({ 'content-type': type })).toBe(
    `The Content-Type must be application/json in UTF-8, but was ${JSON.stringify(type)}.`,
  );
});

test('what was not given, what is too long to repeat, what is compressed', () => {
  const expectation = 'The Content-Type must be application/json in UTF-8, but was';
  expect(mediaTypeProblem({})).toBe(`${expectation} not given.`);
  expect(mediaTypeProblem({ 'content-type': '' })).toBe(`${expectation} not given.`);
  expect(mediaTypeProblem({ 'content-type': `x${';'.repeat(15_000)}` })).toBe(
    `${expectation} "x${';'.repeat(59)}"….`,
  );
  expect(mediaTypeProblem({ 'content-type': `application/json${';'.repeat(985)}` })).toMatch(expectation);
  expect(mediaTypeProblem({ 'content-type': `application/json${';'.repeat(984)}` })).toBeUndefined();
  expect(mediaTypeProblem({ 'content-type': 'application/json', 'content-encoding': 'gzip' })).toBe(
    'The body must not be compressed, but its Content-Encoding was "gzip".',
  );
});
