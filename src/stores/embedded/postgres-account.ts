import { lchown, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A system user, by its numbers. */
export interface Account {
  uid: number;
  gid: number;
}

/** The number of `nobody` on Linux, for images without /etc/passwd. */
const NOBODY = 65_534;

/**
 * The user to run PostgreSQL as, because it refuses root; undefined when this process is not root. The owner of an
 * existing cluster goes first, so that the choice never changes; then postgres, nobody or daemon of /etc/passwd.
 */
export async function chooseAccount(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = await readAccount();
  // A cluster that root owns was copied or restored by root.
  if (owner) await chownAll(cluster, account);
  return account;
}

async function readAccount(): Promise<Account> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const [, uid, gid] = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd) ?? [];
    if (uid !== undefined && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  return { uid: NOBODY, gid: NOBODY };
}

async function chownAll(folder: string, { uid, gid }: Account): Promise<void> {
  await lchown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), uid, gid);
}
