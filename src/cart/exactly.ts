/**
 * A document that has these fields and no others. One that gets another is `never` here, so that what goes through its fields one by
 * one, where forgetting one would show in no test, does not compile without it.
 */
export type Exactly<Document, Fields extends keyof Document> =
  Exclude<keyof Document, Fields> extends never ? Document : never;
