/** The port of a server: opened with errors that say what is wrong, and closed without losing who has come to it. */
import { Server, type AddressInfo } from 'node:net';

/** Connections that may wait where a server does not say how many, which is how many there were when the end began: node:net's default. */
const BACKLOG = 511;

/** Milliseconds for taking them on a machine that has other things to do: of the twenty seconds that an end may take. */
const LONGEST = 8_000;

/**
 * Milliseconds of a turn of the event loop that was quiet: whoever connects in the last one, after its look at the port, is reset. Where
 * others use the processor no turn is that short, so a fiftieth of the time that it has taken so far is added.
 */
const QUIET = 0.2;
const PATIENCE = 1 / 50;

/** Turns in a row. */
const QUIET_TURNS = 2;

/**
 * Stops listening when nobody comes any more: a connection that the system has accepted and the server has not is reset when it stops,
 * with the request that its client has sent. Connections that were taken stay. Whoever is answered comes back at once by a new one, so
 * the sooner it gets quiet the fewer are answered meanwhile.
 */
export async function closePort(server: Server): Promise<void> {
  const start = performance.now();
  let taken = 0;
  const take = () => {
    taken += 1;
  };
  server.on('connection', take);
  for (let [quiet, now] = [0, start]; quiet < QUIET_TURNS && taken < 2 * BACKLOG && now - start < LONGEST;) {
    const [before, began] = [taken, now];
    // Each turn of the event loop takes one of those that have come by then, or several.
    await new Promise((resolve) => setImmediate(resolve));
    now = performance.now();
    quiet = taken === before && now - began < QUIET + (now - start) * PATIENCE ? quiet + 1 : 0;
  }
  server.off('connection', take);
  // HTTP's own close ends connections that are kept, too.
  Server.prototype.close.call(server);
}

/**
 * @param port 0 for any free one
 * @param host a name or an address, of version 6 also in brackets
 * @throws what listening throws; that of a host without an address, "getaddrinfo", is about listening all the same
 */
export function openPort(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      reject(Object.assign(error, { syscall: 'listen' }));
    };
    server.once('error', fail);
    server.listen(port, withoutBrackets(host), () => {
      server.off('error', fail);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** As addresses of version 6 stand in URLs, and in many a HOST. */
function withoutBrackets(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
