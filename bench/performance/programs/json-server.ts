/** Plain node:http: JSON in, JSON out. */
import { createServer } from 'node:http';

export type JsonHandler = (body: never) => Promise<unknown>;

/** Listens on PORT. One handler for each path. */
export function serveJson(handlers: Readonly<Record<string, JsonHandler>>): void {
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const handler = handlers[req.url ?? ''];
      if (!handler) {
        res.writeHead(404).end();
        return;
      }
      const body = JSON.parse(
        (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString(),
      ) as never;
      handler(body).then(
        (answer) => {
          const json = JSON.stringify(answer);
          const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) };
          res.writeHead(200, headers);
          res.end(json);
        },
        (error: unknown) => {
          console.error(error);
          res.writeHead(500, { 'content-length': 0 }).end();
        },
      );
    });
  });
  server.keepAliveTimeout = 65_000;
  server.listen(Number(process.env['PORT']), '127.0.0.1');
}
