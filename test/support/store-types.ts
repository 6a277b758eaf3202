/** What a test runs on, one after the other. Apart from the service, which not every such test loads. */
export const storeTypes = ['postgres', 'dynamodb'] as const;
export type StoreType = (typeof storeTypes)[number];
