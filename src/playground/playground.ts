/** The playground: GraphiQL, served by the process itself, so that it works without the internet. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { HttpResponse, PageHandler, PageRequest } from '../http/messages.ts';
import type { PlaygroundExample } from './playground-example.ts';
import { assetNames, findAsset, pageFile } from './playground-assets.ts';

export interface PlaygroundOptions {
  /** The path of the GraphQL endpoint on the same server: "/graphql". */
  endpoint: string;
  /** The path before all others, as browsers see them: "/shop". */
  basePath?: string;
  /** The tabs of a first visit, in this order. */
  examples: readonly PlaygroundExample[];
}

/** The handler of `/` and of anything under `/playground/`; undefined for all other paths. */
export type Playground = (path: string) => PageHandler | undefined;

interface Resource {
  body: Buffer;
  contentType: string;
  cacheControl: string;
  etag: string;
}

const prefix = '/playground/';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * GraphiQL 3.9.0 adds one inline style, when a dialog opens: a scroll lock, always with the same text. Its hash
 * spares us 'unsafe-inline'. A browser that refuses a changed text prints the new hash on its console.
 */
const scrollLockHash = "'sha256-Y/huXlwoYkVyQlxwSVcCi1RCDGDCSVBzDt0hYP9qlTc='";

const securityHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${scrollLockHash}`,
    "img-src 'self' data:",
    // GraphiQL's style sheet carries its fonts as data: addresses.
    'font-src data:',
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
 * Reads the page and its assets (1.5 MB) once, and keeps them in memory: a request can name only what is listed,
 * never a path on the disk. Throws when `endpoint` is not a path on this server or when an asset is missing.
 */
export function createPlayground({ endpoint, basePath = '', examples }: PlaygroundOptions): Playground {
  if (!/^\/(?!\/)/.test(endpoint)) {
    throw new Error(
      `createPlayground: endpoint must be a path on this server, such as "/graphql", not "${endpoint}".`,
    );
  }
  const assets = new Map(assetNames.map((name) => [name, readAsset(name)]));
  const page = createPage(basePath + endpoint, examples, assets, basePath);
  const resources = new Map<string, Resource>([['/', page]]);
  for (const [name, asset] of assets) resources.set(assetPath(name, asset), asset);

  return (path) => {
    if (path !== '/' && !path.startsWith(prefix)) return undefined;
    const resource = resources.get(path);
    return (request) => (resource ? answer(request, resource) : notFound);
  };
}

function answer(request: PageRequest, resource: Resource): HttpResponse {
  const headers = { ...securityHeaders, 'cache-control': resource.cacheControl, etag: resource.etag };
  if (matches(request.headers['if-none-match'], resource.etag)) return { status: 304, headers, body: '' };
  return { status: 200, headers: { ...headers, 'content-type': resource.contentType }, body: resource.body };
}

const notFound: HttpResponse = {
  status: 404,
  headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' },
  body: 'Not found\n',
};

/** If-None-Match is a list, and compares weakly: a proxy may have put W/ in front of what we sent. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(etag) || tags.includes('*');
}

function readAsset(name: string): Resource {
  // The address changes with the content, so browsers need not ask again.
  return createResource(name, readFileSync(findAsset(name)), 'public, max-age=31536000, immutable');
}

function createResource(name: string, body: Buffer, cacheControl: string): Resource {
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined) throw new Error(`createPlayground: no content type is known for ${name}.`);
  return { body, contentType, cacheControl, etag: `"${fingerprint(body)}"` };
}

function assetPath(name: string, asset: Resource): string {
  return `${prefix}${asset.etag.slice(1, -1)}/${name}`;
}

function createPage(
  endpoint: string,
  examples: readonly PlaygroundExample[],
  assets: ReadonlyMap<string, Resource>,
  basePath: string,
): Resource {
  // Another set of examples starts another set of tabs: a new release shows its examples to old visitors too.
  const storagePrefix = `cartwright-${fingerprint(JSON.stringify(examples))}:`;
  // An escaped "<" cannot end the script element that holds the JSON.
  const config = JSON.stringify({ endpoint, examples, storagePrefix }).replaceAll('<', '\\u003c');
  const html = readFileSync(findAsset(pageFile), 'utf8')
    .replace(/(href|src)="([^"]+)"/g, (_, attribute: string, name: string) => {
      const asset = assets.get(name);
      if (!asset)
        throw new Error(`createPlayground: the page refers to ${name}, which is not among its assets.`);
      return `${attribute}="${basePath}${assetPath(name, asset)}"`;
    })
    .replace(/(id="config">)[^<]*/, (_, tag: string) => tag + config);
  return createResource(pageFile, Buffer.from(html), 'no-cache');
}

/** 16 hexadecimal digits that change when the content does. */
function fingerprint(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}
