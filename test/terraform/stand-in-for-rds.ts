/**
 * A PostgreSQL in the place of the instance that Terraform made: the emulated AWS has RDS's figures, but no server. It has TLS and,
 * as RDS, an owner with a password and users of the role rds_iam who come over TLS with a token. No one looks at the token.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { query, startTlsPostgres } from '../support/tls-postgres.ts';
import type { Environment } from './fargate.ts';

export interface StandIn {
  /** The environment with the server's address and authority in the place of RDS's; all else is as it was given. */
  inPlaceOfRds(environment: Environment): Environment;
  close(): Promise<void>;
}

/** @param url of a task definition, for the names of its user and its database. */
export async function standInForRds(
  { DATABASE_URL: ownerUrl = '', DATABASE_IAM_USER: serviceUser = '' }: Environment,
  password: string,
): Promise<StandIn> {
  const server = await startTlsPostgres();
  const { username: owner, pathname } = new URL(ownerUrl);
  const [name, user] = [pg.escapeIdentifier(owner), pg.escapeIdentifier(serviceUser)];
  await query(server.url, `create role ${name} login createrole password ${pg.escapeLiteral(password)}`);
  await query(server.url, `create role rds_iam; grant rds_iam to ${name} with admin option`);
  const database = pg.escapeIdentifier(pathname.slice(1));
  await query(server.url, `alter database ${database} owner to ${name}`);
  const access = join(server.folder, 'postgres', 'cluster', 'pg_hba.conf');
  const rules = await readFile(access, 'utf8');
  // Written in place: its owner is the user as whom the server runs.
  await writeFile(access, `hostssl all ${user} all trust\nhostnossl all ${user} all reject\n${rules}`);
  await query(server.url, 'select pg_reload_conf()');
  const inPlaceOfRds = (environment: Environment) => {
    const address = new URL(environment['DATABASE_URL'] ?? '');
    address.host = new URL(server.url).host;
    return { ...environment, DATABASE_URL: address.href, DATABASE_SSL_CA: server.caFile };
  };
  return { inPlaceOfRds, close: server.close };
}
