/** The Terraform code as text and as the JSON that HCL parses to. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from '@cdktn/hcl2json';

export const terraformRoot = join(import.meta.dirname, '../../terraform');

/** A block's body as hcl2json gives it: arguments by name, blocks as arrays, expressions as "${…}". */
export type Body = Record<string, unknown>;

export interface TerraformFile {
  /** Relative to terraform/, such as modules/iam/main.tf. */
  path: string;
  text: string;
}

export interface TerraformModule {
  /** Relative to terraform/; '.' is the root module. */
  path: string;
  files: string[];
  variables: Map<string, Body>;
  outputs: Map<string, Body>;
  /** By address, such as aws_lb.this. */
  resources: Map<string, Body>;
}

const paths = readdirSync(terraformRoot, { recursive: true, encoding: 'utf8' })
  .filter((path) => !path.includes('.terraform'))
  .sort();

/** Every file that Terraform reads: configuration, tests and mocks. */
export const terraformFiles: TerraformFile[] = paths
  .filter((path) => /\.(tf|hcl|tfvars\.example|tf\.example)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(terraformRoot, path), 'utf8') }));

type Blocks = Record<string, Body[] | undefined>;
type Resources = Record<string, Record<string, Body[]> | undefined>;

/** Every folder with configuration in it, parsed. */
export async function parseModules(): Promise<TerraformModule[]> {
  const modules = new Map<string, TerraformModule>();
  for (const { path, text } of terraformFiles.filter((file) => file.path.endsWith('.tf'))) {
    const folder = dirname(path);
    const module = modules.get(folder) ?? emptyModule(folder);
    modules.set(folder, module);
    module.files.push(basename(path));
    const parsed = (await parse(path, text)) as { variable?: Blocks; output?: Blocks; resource?: Resources };
    collect(parsed.variable, module.variables);
    collect(parsed.output, module.outputs);
    for (const [type, byName] of Object.entries(parsed.resource ?? {})) {
      for (const [name, bodies] of Object.entries(byName ?? {})) {
        module.resources.set(`${type}.${name}`, firstOf(bodies, `${type}.${name}`));
      }
    }
  }
  return [...modules.values()];
}

function emptyModule(path: string): TerraformModule {
  return { path, files: [], variables: new Map(), outputs: new Map(), resources: new Map() };
}

function collect(blocks: Blocks | undefined, into: Map<string, Body>): void {
  for (const [name, bodies] of Object.entries(blocks ?? {})) into.set(name, firstOf(bodies ?? [], name));
}

function firstOf(bodies: Body[], name: string): Body {
  const [body] = bodies;
  if (body === undefined || bodies.length !== 1)
    throw new Error(`${name}: ${bodies.length} bodies, expected one`);
  return body;
}

/** The lines of a file with whole-line comments left out, each with its number. */
export function codeLines(text: string): { line: string; number: number }[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => !/^\s*#/.test(line));
}
