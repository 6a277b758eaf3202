/** The trace that a request belongs to, as whoever sent it says: W3C's header, or that of AWS's load balancers. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RemoteSpan } from '../tracing/tracer.ts';

const W3C = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-|$)/;
const ROOT = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i;
const PARENT = /^[0-9a-f]{16}$/i;

/** Longer ones are nobody's. */
const LONGEST = 512;

/** Undefined where neither header is there, or none can be read. W3C's goes first. */
export function traceContextOf(headers: IncomingHttpHeaders): RemoteSpan | undefined {
  const { traceparent } = headers;
  const fromW3C = typeof traceparent === 'string' ? readW3C(traceparent) : undefined;
  if (fromW3C) return fromW3C;
  const amazon = headers['x-amzn-trace-id'];
  return typeof amazon === 'string' ? readAmazon(amazon) : undefined;
}

function readW3C(text: string): RemoteSpan | undefined {
  if (text.length > LONGEST || text.startsWith('ff')) return undefined;
  const [, traceId = '', parentId = '', flags = ''] = W3C.exec(text) ?? [];
  if (traceId === '' || isZero(traceId) || isZero(parentId)) return undefined;
  return { traceId, parentId, sampled: (parseInt(flags, 16) & 1) === 1 };
}

/** `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`, in any order. */
function readAmazon(text: string): RemoteSpan | undefined {
  if (text.length > LONGEST) return undefined;
  const fields = new Map(
    text.split(';').map((part) => {
      const at = part.indexOf('=');
      return [part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()] as const;
    }),
  );
  const [, time, rest] = ROOT.exec(fields.get('root') ?? '') ?? [];
  if (time === undefined || rest === undefined) return undefined;
  const parent = fields.get('parent') ?? '';
  const sampled = fields.get('sampled');
  return {
    traceId: (time + rest).toLowerCase(),
    parentId: PARENT.test(parent) && !isZero(parent) ? parent.toLowerCase() : undefined,
    sampled: sampled === '1' || sampled === '0' ? sampled === '1' : undefined,
  };
}

function isZero(digits: string): boolean {
  return /^0+$/.test(digits);
}
