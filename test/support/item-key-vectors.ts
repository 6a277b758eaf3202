/** Keys of items that the service and the client must agree on. */

export const ada = [
  { key: 'engraving', value: 'For Ada' },
  { key: 'size', value: 'L' },
];

export const itemKeyVectors = [
  { item: { productId: '1' }, key: '1' },
  { item: { productId: 'SKU-1', attributes: ada }, key: 'SKU-1~HfQoI7Pwcp_4' },
  { item: { productId: '7', attributes: [{ key: 'é🛒', value: '' }] }, key: '7~NT47z_LeWcDN' },
];
