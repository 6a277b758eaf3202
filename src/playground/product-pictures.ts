/** Pictures of the demo catalogue's products, drawn by the process itself: they need no network and no file. */
import { createHash } from 'node:crypto';
import type { FindRoute, HttpResponse, PageRequest } from '../http/messages.ts';

/** `/playground/products/kettle-42.svg`, as the demo catalogue has it; ids of up to 5 digits. */
const PATH = /^\/playground\/products\/([a-z]{1,20})-([1-9]\d{0,4})\.svg$/;

/** What is in the middle of a picture of 200 by 200, in white on a colour. */
const shapes: Readonly<Record<string, string>> = {
  widget: '<path d="M100 45l48 27v56l-48 27-48-27V72z"/><circle cx="100" cy="100" r="20" fill="COLOUR"/>',
  gadget:
    '<rect x="62" y="45" width="76" height="110" rx="12"/><rect x="72" y="57" width="56" height="72" fill="COLOUR"/>',
  kettle:
    '<path d="M65 85h70l12 65H53z"/><path d="M75 85a25 25 0 0150 0" fill="none" stroke="#fff" stroke-width="8"/>',
  lantern:
    '<rect x="70" y="70" width="60" height="75" rx="8"/><path d="M80 66h40l-8-16H88z"/><circle cx="100" cy="108" r="18" fill="COLOUR"/>',
  notebook:
    '<rect x="60" y="48" width="80" height="104" rx="6"/><path d="M76 48v104M88 76h38M88 92h38" stroke="COLOUR" stroke-width="5"/>',
  backpack:
    '<path d="M60 80a40 32 0 0180 0v68H60z"/><rect x="74" y="104" width="52" height="30" rx="6" fill="COLOUR"/>',
  keyboard:
    '<rect x="45" y="72" width="110" height="56" rx="8"/><path d="M57 88h86M57 100h86M75 113h50" stroke="COLOUR" stroke-width="6" stroke-dasharray="9 5"/>',
  teapot:
    '<ellipse cx="98" cy="110" rx="40" ry="34"/><path d="M134 104l24-18M62 96a16 16 0 100 28" fill="none" stroke="#fff" stroke-width="9"/><circle cx="98" cy="70" r="8"/>',
};

const headers = {
  'content-type': 'image/svg+xml',
  // Opened by itself a picture is a document: it may do nothing.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  // A shop's page, on whatever site it is tried, may show it.
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'public, max-age=86400',
};

/** The picture at a path. */
export const findProductPicture: FindRoute = (path) => {
  const [, kind = '', id = ''] = PATH.exec(path) ?? [];
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
  if (shape === undefined) return undefined;
  return {
    pattern: '/playground/products',
    handle: (request) => answer(request, draw(shape, Number(id))),
  };
};

function answer(request: PageRequest, body: string): HttpResponse {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  // In front of what we sent a proxy may have put W/.
  const known = request.headers['if-none-match']
    ?.split(',')
    .some((tag) => tag.trim().replace(/^W\//, '') === etag);
  return { status: known ? 304 : 200, headers: { ...headers, etag }, body: known ? '' : body };
}

/** The same for an id at every call. Neighbours have colours far from each other: steps of the golden angle. */
function draw(shape: string, id: number): string {
  const hue = Math.round((id * 137.508) % 360);
  const colour = `hsl(${hue} 45% 42%)`;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200">' +
    `<rect width="200" height="200" fill="hsl(${hue} 45% 88%)"/><circle cx="100" cy="100" r="78" fill="${colour}"/>` +
    `<g fill="#fff">${shape.replaceAll('COLOUR', colour)}</g></svg>\n`
  );
}
