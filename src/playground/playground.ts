/** The playground: a page to try the API on, served by the process itself, so that it works without the internet. */
import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { FindRoute, HttpResponse, PageRequest } from '../http/messages.ts';
import { openPageFiles, pageFile, type PageFiles } from './page-files.ts';
import type { PageConfig } from './page-config.ts';
import type { ExampleGroup } from './playground-example.ts';
import { createTokenPages, type SampleTokens } from './sample-tokens.ts';

export interface PlaygroundOptions {
  /** The path of the GraphQL endpoint on the same server: "/graphql". */
  endpoint: string;
  /** The path before all others, as browsers see them: "/shop". */
  basePath?: string;
  examples: readonly ExampleGroup[];
  /** The schema in its definition language; asked for once, when somebody wants it. */
  sdl: () => string;
  /** Whether requests show tokens. */
  auth: 'none' | 'jwt';
  /** Where there may be any: in development, with a secret that nobody else knows. */
  tokens?: SampleTokens | undefined;
}

interface Resource {
  body: Buffer;
  contentType: string;
  cacheControl: string;
  etag: string;
}

/** The pattern of the page and all that belongs to it. */
const PLAYGROUND = '/playground';
const PREFIX = `${PLAYGROUND}/`;
const TOKENS = `${PREFIX}tokens/`;
const SDL = '/schema.graphql';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  // Browsers show it, and tools that read schemas go by the address.
  '.graphql': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Keeps the page and its assets (700 KB) in memory from the first visit on: a request can name only what is listed, never a path
 * on the disk. Throws when `endpoint` is not a path on this server, and when there are no files of the page.
 * @returns what is at `/`, at `/schema.graphql` and under `/playground/`
 */
export function createPlayground(options: PlaygroundOptions): FindRoute {
  const { endpoint, sdl, tokens } = options;
  if (!/^\/(?!\/)/.test(endpoint)) {
    throw new Error(
      `createPlayground: endpoint must be a path on this server, such as "/graphql", not "${endpoint}".`,
    );
  }
  const files = openPageFiles();
  const tokenPages = tokens && createTokenPages(tokens);
  let resources: ReadonlyMap<string, Resource> | undefined;
  let schema: Resource | undefined;

  async function find(path: string): Promise<Resource | undefined> {
    if (path === SDL) return (schema ??= createResource(SDL, Buffer.from(sdl()), 'no-cache'));
    resources ??= createResources(await files(), options);
    return resources.get(path);
  }

  return (path) => {
    if (path !== '/' && path !== SDL && !path.startsWith(PREFIX)) return undefined;
    const tokenPage = path.startsWith(TOKENS) ? tokenPages?.(path.slice(TOKENS.length)) : undefined;
    return {
      pattern: PLAYGROUND,
      handle: async (request) =>
        withSecurity(tokenPage ? await tokenPage(request) : answer(request, await find(path))),
    };
  };
}

function withSecurity({ headers, ...response }: HttpResponse): HttpResponse {
  return { ...response, headers: { ...securityHeaders, ...headers } };
}

function answer(request: PageRequest, resource: Resource | undefined): HttpResponse {
  if (!resource) return notFound;
  const headers = { 'cache-control': resource.cacheControl, etag: resource.etag };
  if (matches(request.headers['if-none-match'], resource.etag)) return { status: 304, headers, body: '' };
  return { status: 200, headers: { ...headers, 'content-type': resource.contentType }, body: resource.body };
}

const notFound: HttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: 'Not found\n',
};

/** If-None-Match is a list, and compares weakly: a proxy may have put W/ in front of what we sent. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

/** By path. The address of an asset changes with its content, so browsers need not ask again. */
function createResources(files: PageFiles, options: PlaygroundOptions): ReadonlyMap<string, Resource> {
  const { basePath = '' } = options;
  const addresses = new Map<string, string>();
  const resources = new Map<string, Resource>();
  for (const [name, body] of files) {
    if (name === pageFile) continue;
    const asset = createResource(name, body, 'public, max-age=31536000, immutable');
    const path = `${PREFIX}${asset.etag.slice(1, -1)}/${name}`;
    resources.set(path, asset);
    addresses.set(name, basePath + path);
  }
  const html = fillPage(files.get(pageFile)?.toString() ?? '', addresses, configOf(options));
  return resources.set('/', createResource(pageFile, Buffer.from(html), 'no-cache'));
}

function configOf({ endpoint, basePath = '', examples, auth, tokens }: PlaygroundOptions): PageConfig {
  return {
    endpoint: basePath + endpoint,
    schema: basePath + SDL,
    examples,
    auth,
    ...(tokens && { tokens: { path: basePath + TOKENS, customers: tokens.customers } }),
  };
}

function createResource(name: string, body: Buffer, cacheControl: string): Resource {
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined) throw new Error(`createPlayground: no content type is known for ${name}.`);
  // 16 hexadecimal digits that change when the content does.
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  return { body, contentType, cacheControl, etag };
}

/** An escaped "<" cannot end the script element that holds the configuration. */
function fillPage(html: string, addresses: ReadonlyMap<string, string>, config: PageConfig): string {
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return html
    .replace(/(href|src)="([^"]+)"/g, (_, attribute: string, name: string) => {
      const address = addresses.get(name);
      if (address === undefined)
        throw new Error(`createPlayground: the page refers to ${name}, which is not among its assets.`);
      return `${attribute}="${address}"`;
    })
    .replace(/(id="config">)[^<]*/, (_, tag: string) => tag + json);
}
