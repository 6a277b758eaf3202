export const possibleTypes: Record<string, string[]> = {"UserError":["CartStateError","ItemError","LimitError","PriceChangedError","ProductError","TotalMismatchError","VersionConflictError"]};
