/** What an error of DynamoDB may tell, and what it may not. */
import { expect, it } from 'vitest';
import { strikeValues } from '../../../src/stores/dynamodb/strike-values.ts';

/** As the SDK throws it for the text of an answer. */
function unparsable(text: string, httpStatusCode: number): Error {
  try {
    JSON.parse(text);
  } catch (error) {
    return Object.assign(error as Error, { $metadata: { httpStatusCode } });
  }
  throw new Error(`${text} is JSON`);
}

const quotes = (error: Error, words: string) => error.message.includes(words) || error.stack?.includes(words);

it('leaves out what is quoted of an answer with values', () => {
  const error = unparsable('{"note":secret}', 200);
  expect(quotes(error, 'secret')).toBe(true);
  strikeValues(error);
  expect(quotes(error, 'secret')).toBe(false);
  expect(error.message).toContain('SyntaxError');
});

it('leaves out what is quoted of a request', () => {
  const error = Object.assign(new Error('The id secret is too long'), {
    name: 'ValidationException',
    $metadata: { httpStatusCode: 400 },
  });
  strikeValues(error);
  expect(quotes(error, 'secret')).toBe(false);
});

it.each([
  ['a middleman’s page', unparsable('<html>', 502), '<html>'],
  [
    'a cut connection',
    Object.assign(new Error('aborted'), { $metadata: { httpStatusCode: 200 } }),
    'aborted',
  ],
  ['no connection', new Error('connect ECONNREFUSED'), 'ECONNREFUSED'],
])('keeps what has none: %s', (_, error, words) => {
  strikeValues(error);
  expect(error.message).toContain(words);
});
