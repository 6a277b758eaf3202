/** What a bearer token says of itself. Nothing here is checked: the service does that. */

/** Who it is of, as far as that can be seen: for a button. */
export function describeToken(token: string): string {
  if (token === '') return 'Guest';
  const claims = claimsOf(token);
  const scopes = [claims['scope'], claims['scp']].flat();
  const isStaff = (scope: unknown) => typeof scope === 'string' && scope.split(' ').includes('carts:admin');
  if (scopes.some(isStaff)) return 'Staff';
  const { sub } = claims;
  return typeof sub === 'string' || typeof sub === 'number' ? `Customer ${sub}` : 'Own token';
}

/** When it ends; undefined where it does not say. */
export function endOf(token: string): Date | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? new Date(exp * 1000) : undefined;
}

function claimsOf(token: string): Record<string, unknown> {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
