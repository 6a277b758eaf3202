/** A proxy before a server, PostgreSQL's or the service itself, that loses what a test tells it to. */
import { once } from 'node:events';
import net from 'node:net';

export interface TcpFault {
  /** What the client sends when it happens: the name of a statement, or the text of one without parameters. */
  readonly at: string;
  /**
   * `before`: the connection is cut and the server gets nothing. `after`: the connection is cut when the server answers, so
   * the statement was carried out. `middle`: the connection is cut when half of the answer is through. `silence`: carried out, and never answered, on a connection that stays open.
   * `half`: the server gets it, and then the end of what the client sends; the client gets the answer.
   * `hold`: the server gets it only once `until` has resolved, and the client no answer.
   */
  readonly kind: 'before' | 'after' | 'middle' | 'silence' | 'half' | 'hold';
  /** Happens before the client notices anything. */
  readonly meanwhile?: () => Promise<unknown>;
  readonly until?: Promise<unknown>;
}

export type TcpProxy = Awaited<ReturnType<typeof startTcpProxy>>;

/**
 * @param target the server's address, `postgres://…` or `http://…`
 * @param severity the server's word for `ERROR`, as of one that speaks another language
 * @param delay milliseconds for which each piece of an answer is held back
 */
export async function startTcpProxy(target: string, severity?: string, delay = 0) {
  const { hostname, port } = new URL(target);
  const sockets = new Set<net.Socket>();
  const planned: TcpFault[] = [];
  const met: TcpFault[] = [];
  let standing: TcpFault | undefined;
  let refusing = false;
  let refusals = 0;

  /** The fault that what the client sends meets, if any. */
  function faultOf(sent: Buffer): TcpFault | undefined {
    const at = planned.findIndex((fault) => sent.includes(fault.at));
    const fault = at < 0 ? undefined : planned.splice(at, 1)[0];
    const found = fault ?? (standing && sent.includes(standing.at) ? standing : undefined);
    if (found) met.push(found);
    return found;
  }

  const server = net.createServer((client) => {
    if (refusing) {
      refusals += 1;
      client.destroy();
      return;
    }
    const upstream = net.connect(Number(port), hostname);
    let fault: TcpFault | undefined;
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (sent) => {
      fault ??= faultOf(sent);
      if (fault?.kind === 'before') void Promise.resolve(fault.meanwhile?.()).then(cut);
      else if (fault?.kind === 'half') upstream.end(sent);
      else if (fault?.kind === 'hold') void fault.until?.then(() => upstream.write(sent));
      else upstream.write(sent);
    });
    const pass = (answer: Buffer) =>
      delay === 0 ? client.write(answer) : setTimeout(() => client.write(answer), delay);
    upstream.on('data', (answer) => {
      if (!fault || fault.kind === 'half')
        pass(severity === undefined ? answer : translate(answer, severity));
      else if (fault.kind === 'after') void Promise.resolve(fault.meanwhile?.()).then(cut);
      else if (fault.kind === 'middle') client.write(answer.subarray(0, answer.length / 2), cut);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket.setNoDelay(true));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        // What is held back is carried out, whoever waits for it.
        if (fault?.kind !== 'hold') other.destroy();
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${(server.address() as net.AddressInfo).port}` })
      .href,
    /** The faults that have happened. */
    met,
    /** How many were refused a connection. */
    refusals: () => refusals,
    /** The next messages that match meet these, one each. */
    injectOnce(...faults: TcpFault[]) {
      planned.push(...faults);
    },
    /** Every message that matches meets this, unless another was planned for it. */
    injectAlways(fault: TcpFault) {
      standing = fault;
    },
    /** From now on nobody gets a connection; those that are there stay. */
    refuse() {
      refusing = true;
    },
    /** Cuts all connections that are there. */
    reset() {
      for (const socket of sockets) socket.destroy();
    },
    /** Nothing goes through, either way, for so many milliseconds. */
    stall(milliseconds: number) {
      const stalled = [...sockets].map((socket) => socket.pause());
      setTimeout(() => {
        for (const socket of stalled) socket.resume();
      }, milliseconds);
    },
    heal() {
      planned.length = 0;
      standing = undefined;
      refusing = false;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** The severity is the first field of an error's message: a kind, its length, the field's kind, the word. */
function translate(answer: Buffer, severity: string): Buffer {
  const field = Buffer.from('SERROR\0');
  const at = answer.indexOf(field);
  if (at < 5 || answer[at - 5] !== 'E'.charCodeAt(0)) return answer;
  const word = Buffer.from(`S${severity}\0`);
  const translated = Buffer.concat([answer.subarray(0, at), word, answer.subarray(at + field.length)]);
  translated.writeInt32BE(answer.readInt32BE(at - 4) + word.length - field.length, at - 4);
  return translated;
}
