/** A listener of its own for metrics: what is told to operators has no business on the port of clients. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Snapshot } from './snapshot.ts';
import { CONTENT_TYPE, writeText } from './text-format.ts';

export interface MetricsListener {
  readonly port: number;
  close(): Promise<void>;
}

export interface MetricsListenerOptions {
  readonly port: number;
  readonly host: string;
  /** What to tell; asked once for all who ask at the same time. */
  readonly collect: () => Snapshot | Promise<Snapshot>;
}

/** Milliseconds for the head of a request; and connections at one time. Whoever collects metrics needs one, and asks at once. */
const PATIENCE = 5_000;
const MOST_CONNECTIONS = 16;

/** Answers `GET /metrics`. @throws what listening throws */
export async function listenForMetrics(options: MetricsListenerOptions): Promise<MetricsListener> {
  const read = together(options.collect);
  const server = createServer({ headersTimeout: PATIENCE, requestTimeout: PATIENCE }, (req, res) => {
    const [path] = (req.url ?? '').split('?');
    if (path !== '/metrics') res.writeHead(404).end();
    else if (req.method !== 'GET' && req.method !== 'HEAD') res.writeHead(405, { allow: 'GET, HEAD' }).end();
    else {
      read().then(
        (text) => res.writeHead(200, { 'content-type': CONTENT_TYPE }).end(text),
        () => res.writeHead(500).end(),
      );
    }
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  // Nobody waits for metrics to let the process end.
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

function together(collect: MetricsListenerOptions['collect']): () => Promise<string> {
  let underWay: Promise<string> | undefined;
  const collectText = async () => writeText(await collect());
  return () =>
    (underWay ??= collectText().finally(() => {
      underWay = undefined;
    }));
}
