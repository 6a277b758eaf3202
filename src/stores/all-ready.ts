/** Waits for all, so that the reason names everything that cannot be used. */
export async function allReady(checks: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(checks);
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as Error] : []));
  if (reasons.length > 1)
    throw new Error(reasons.map(({ message }) => message).join('; '), { cause: reasons[0] });
  if (reasons[0]) throw reasons[0];
}
