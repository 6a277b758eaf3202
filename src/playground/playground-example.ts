export interface PlaygroundExample {
  /** The operation's name, which is also the title of its tab. */
  name: string;
  /** The document. Comments in it are what the visitor reads first. */
  query: string;
  /** A string "{{name}}" as a value is a placeholder: the playground puts the id kept under that name in its place. */
  variables: Readonly<Record<string, unknown>>;
  /** Keeps the id of the cart that this operation answers with under this placeholder name. */
  keepCartIdAs?: string;
}

/** Examples that belong together, under one heading in the playground. */
export interface ExampleGroup {
  title: string;
  examples: readonly PlaygroundExample[];
}
