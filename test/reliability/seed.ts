/** What all random choices of a run follow from; each test prints it. */
export const seed = process.env['RELIABILITY_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));
