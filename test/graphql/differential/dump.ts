/** Values as text in which nothing is lost: own keys in their order, `undefined`, null prototypes, `__proto__` as a key. */
export function dump(value: unknown, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'symbol') return value.toString();
  if (value === null || typeof value !== 'object') return Object.is(value, -0) ? '-0' : String(value);
  if (depth > 8) return '…';
  if (Array.isArray(value)) return `[${value.map((item) => dump(item, depth + 1)).join(',')}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const entries = Reflect.ownKeys(value).map((key) => {
    const own = (value as Record<string | symbol, unknown>)[key];
    return `${String(key)}:${dump(own, depth + 1)}`;
  });
  const kind = Object.getPrototypeOf(value) === null ? 'bare ' : '';
  return `${kind}{${entries.join(',')}}`;
}
