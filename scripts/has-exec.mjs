/**
 * Ends with status 0 where npm's shell knows `exec`, and with 1 on Windows, whose cmd does not.
 *
 * A script of package.json that serves says `node scripts/has-exec.mjs && exec node … || node …`, which both shells
 * understand and in which cmd never comes to `exec`. Without `exec` a SIGTERM to npm ends the shell between npm and the
 * service: npm returns at once, and the service, which never hears of it, stays.
 */
import { exit, platform } from 'node:process';

exit(platform === 'win32' ? 1 : 0);
