/** Headers of every answer of the API. The playground's page has its own. */

const always = {
  // Carts are nobody else's business, least of all a shared cache's.
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** @param production browsers are told to come back by TLS alone, for a year; they ignore that where they came without */
export function securityHeaders(production: boolean): Readonly<Record<string, string>> {
  return production ? { ...always, 'strict-transport-security': 'max-age=31536000' } : always;
}
