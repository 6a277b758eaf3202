/** What to do when DynamoDB cannot be used. */
import { UNREACHABLE, type Failure } from '../store.ts';
import type { DynamoDBConfig } from './variables.ts';

export function adviseDynamoDB(
  { code }: Failure,
  { endpoint, dataDir, region }: DynamoDBConfig,
): string | undefined {
  if (endpoint === undefined && dataDir !== undefined) return undefined;
  const server = `DynamoDB at ${endpoint ?? `AWS, ${region}`}`;
  if (UNREACHABLE.test(code)) {
    return `${server} cannot be reached. Check that it runs and that AWS_ENDPOINT_URL_DYNAMODB is right`;
  }
  if (code === 'ResourceNotFoundException') {
    return endpoint === undefined
      ? `${server} lacks a table. Terraform makes it: check DYNAMODB_TABLE_NAME, DYNAMODB_CATALOGUE_TABLE and AWS_REGION`
      : `${server} lacks a table. Run "npm run dynamodb:setup"`;
  }
  if (code === 'CredentialsProviderError') {
    return 'There are no AWS credentials. Give some, or name another DynamoDB in AWS_ENDPOINT_URL_DYNAMODB';
  }
  return undefined;
}
