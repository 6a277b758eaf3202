import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { listen } from './listen.ts';

it('compresses what is large where its client asks for that', async () => {
  const large = JSON.stringify({ text: 'ä'.repeat(2_000) });
  const { port, close } = await listen({
    compressFrom: 1_000,
    route: (path) => () => Promise.resolve({ status: 200, headers: {}, body: path === '/x' ? large : '{}' }),
  });
  const ask = async (path: string, accepted?: string, method = 'GET') => {
    const socket = connect(port, '127.0.0.1');
    const asked = accepted === undefined ? '' : `accept-encoding: ${accepted}\r\n`;
    socket.write(`${method} ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${asked}\r\n`);
    const answer = await buffer(socket);
    const end = answer.indexOf('\r\n\r\n');
    return { head: answer.subarray(0, end).toString().toLowerCase(), body: answer.subarray(end + 4) };
  };
  for (const accepted of ['gzip', 'deflate, gzip;q=0.5', 'gzip, deflate, br, zstd', '*']) {
    const { head, body } = await ask('/x', accepted);
    expect(head, accepted).toMatch(/\r\ncontent-encoding: gzip/);
    expect(head).toContain('vary: accept-encoding');
    expect(head).toContain(`content-length: ${body.length}`);
    expect(gunzipSync(body).toString()).toBe(large);
  }
  for (const accepted of [
    undefined,
    'identity',
    'br',
    'gzip;q=0',
    'gzip, identity;q=1, *;q=0'.slice(6),
    'x,'.repeat(150) + 'gzip',
  ]) {
    const { head, body } = await ask('/x', accepted);
    expect(head, accepted).not.toContain('content-encoding');
    expect(head).toContain('vary: accept-encoding');
    expect(body.toString()).toBe(large);
  }
  expect((await ask('/small', 'gzip')).head).not.toMatch(/content-encoding|vary/);
  const [get, head] = [await ask('/x', 'gzip'), await ask('/x', 'gzip', 'HEAD')];
  expect(head.head).toContain(`content-length: ${get.body.length}`);
  expect(head.body).toHaveLength(0);
  await close();
});
