/** The variables of DynamoDB, and what is made of them. */
import { z } from 'zod';
import { awsRegion, httpUrl, integer, tableName, type Given } from '../../config/variables.ts';

export const dynamodbVariables = {
  DYNAMODB_TABLE_NAME: tableName('shopping-carts'),
  DYNAMODB_CATALOGUE_TABLE: tableName('shopping-catalogue'),
  DYNAMODB_PRODUCTS_TABLE_NAME: tableName('shopping-products'),
  DYNAMODB_READ_CONSISTENCY: z.enum(['eventual', 'strong'], 'must be eventual or strong').default('eventual'),
  DYNAMODB_CONNECT_TIMEOUT_MS: integer(50, 60_000, 300),
  DYNAMODB_REQUEST_TIMEOUT_MS: integer(50, 60_000, 700),
  DYNAMODB_MAX_ATTEMPTS: integer(1, 10, 3),
  AWS_REGION: awsRegion,
  AWS_ENDPOINT_URL_DYNAMODB: httpUrl('http://127.0.0.1:8000').optional(),
};

const environment = z.object(dynamodbVariables);

/** Embedded databases are for development: production must say where its data is. */
export function dynamodbProblems(given: Given): string[] {
  const missing = given['NODE_ENV'] === 'production' && !given['AWS_REGION'];
  return missing ? ['AWS_REGION must be set in production'] : [];
}

export type DynamoDBConfig = ReturnType<typeof configureDynamoDB>;

export function configureDynamoDB(given: Given, dataDir: string | undefined) {
  const env = environment.parse(given);
  return {
    type: 'dynamodb',
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
    dataDir,
    cartsTable: env.DYNAMODB_TABLE_NAME,
    catalogueTable: env.DYNAMODB_CATALOGUE_TABLE,
    /** The catalogue of version 0.1.0, for the task that copies it. */
    productsTable: env.DYNAMODB_PRODUCTS_TABLE_NAME,
    readConsistency: env.DYNAMODB_READ_CONSISTENCY,
    /** Milliseconds, as the next. */
    connectTimeout: env.DYNAMODB_CONNECT_TIMEOUT_MS,
    requestTimeout: env.DYNAMODB_REQUEST_TIMEOUT_MS,
    maxAttempts: env.DYNAMODB_MAX_ATTEMPTS,
  } as const;
}
