/**
 * Time limits of a service in tests, as variables of the environment. Many requests may wait for each other by design, and a busy machine
 * must not make a test fail: only tests of time limits have short ones.
 */
export const patience = {
  REQUEST_TIMEOUT_MS: '20000',
  DATABASE_CONNECT_TIMEOUT_MS: '15000',
  DATABASE_STATEMENT_TIMEOUT_MS: '15000',
  DATABASE_LOCK_TIMEOUT_MS: '15000',
  DYNAMODB_CONNECT_TIMEOUT_MS: '5000',
  DYNAMODB_REQUEST_TIMEOUT_MS: '15000',
};
