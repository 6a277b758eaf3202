/**
 * A process that starts an engine, prints its address on a line, and ends as its standard input says: `exit`, `throw`.
 * Arguments: `postgres` or `dynamodb`, and the data folder.
 */
import { startEmbeddedDynamoDB } from '../../../src/stores/embedded/dynamodb.ts';
import { startEmbeddedPostgres } from '../../../src/stores/embedded/postgres.ts';

const [engine, dataDir = ''] = process.argv.slice(2);
const address =
  engine === 'postgres'
    ? (await startEmbeddedPostgres({ dataDir })).url
    : (await startEmbeddedDynamoDB({ dataDir })).endpoint;
console.log(address);
process.stdin.once('data', (data) => {
  if (data.toString() === 'exit') process.exit(0);
  throw new Error('The host was told to throw.');
});
