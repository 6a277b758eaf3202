import { expect, it, vi } from 'vitest';
import { abortable, DeadlineExceeded, untilAllAborted } from '../../src/waiting/abortable.ts';
import { ClientGone, RequestSignal } from '../../src/http/request-signal.ts';

it('is aborted with its deadline, and tells', async () => {
  const time = new AbortController();
  const signal = new RequestSignal(time.signal);
  const waiting = abortable(new Promise(() => undefined), signal);
  expect(signal.aborted).toBe(false);
  signal.throwIfAborted();
  const reason = new DeadlineExceeded(5);
  time.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  expect([signal.aborted, signal.reason]).toEqual([true, reason]);
});

it('is aborted without an event when its client goes: who waits for what was sent waits on', async () => {
  const time = new AbortController();
  const [signal, other] = [new RequestSignal(time.signal), new RequestSignal(time.signal)];
  const told = vi.fn();
  signal.addEventListener('abort', told, { once: true });
  const sent = abortable(Promise.resolve('answer'), signal);
  signal.leave();
  expect(await sent).toBe('answer');
  expect(() => {
    signal.throwIfAborted();
  }).toThrow(ClientGone);
  expect(told).not.toHaveBeenCalled();
  await expect(abortable(Promise.resolve('late'), signal)).rejects.toBe(signal.reason);
  await untilAllAborted([signal, other], (all) => {
    expect(all.aborted).toBe(false);
    other.leave();
    expect(all.aborted).toBe(true);
    return Promise.resolve();
  });
});
