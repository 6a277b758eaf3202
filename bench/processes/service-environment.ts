/**
 * What a service started here takes from the shell's environment. All settings of the service have to come from the
 * comparison: a WORKERS or AUTH_MODE left over from somewhere would change what is measured, and nobody would see it.
 */

/** What a process needs to run at all, and how it reaches AWS. */
const ALWAYS =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TMP|TEMP|TZ|LANG|LC_.*|LD_LIBRARY_PATH|NODE_EXTRA_CA_CERTS)$/;
const AWS = /^AWS_(?!ENDPOINT_URL)/;
/** How to log in to a PostgreSQL that the asker named. */
const LOGIN = /^(DATABASE_AUTH|DATABASE_SSL_CA|PGPASSWORD)$/;
/** Which tables of a DynamoDB that the asker named. */
const TABLES = /^(DYNAMODB_TABLE_NAME|DYNAMODB_PRODUCTS_TABLE_NAME)$/;

/** @param given the settings the comparison gives, which say whether a database was named */
export function inheritedEnvironment(
  shell: Readonly<NodeJS.ProcessEnv>,
  given: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const passing = [
    ALWAYS,
    AWS,
    ...('DATABASE_URL' in given ? [LOGIN] : []),
    ...('AWS_ENDPOINT_URL_DYNAMODB' in given || given['NODE_ENV'] === 'production' ? [TABLES] : []),
  ];
  return Object.fromEntries(
    Object.entries(shell).filter(([name]) => passing.some((pattern) => pattern.test(name))),
  );
}
