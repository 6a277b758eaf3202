/** Spans that are kept instead of sent. */
import type { Attributes, Span } from '../../src/tracing/tracer.ts';

export interface RecordedSpan extends Span {
  readonly told: {
    name: string;
    attributes: Attributes;
    readonly parent: string | undefined;
    readonly links: string[];
    failed?: string;
    ended: number;
  };
}

/** `begin` makes the span of a request, in a trace of its own. */
export function recordSpans(): { readonly spans: RecordedSpan[]; begin(name: string): RecordedSpan } {
  const spans: RecordedSpan[] = [];
  const make = (
    traceId: string,
    parent: string | undefined,
    name: string,
    attributes: Attributes = {},
    links: readonly Span[] = [],
  ): RecordedSpan => {
    const told = { name, attributes, parent, links: links.map(({ spanId }) => spanId), ended: 0 };
    const span: RecordedSpan = {
      traceId,
      spanId: `s${spans.length}`,
      told,
      begin: (inner, _kind, more, others) => make(traceId, span.spanId, inner, more, others),
      rename: (to) => (told.name = to),
      set: (more) => (told.attributes = { ...told.attributes, ...more }),
      link: (to) => told.links.push(to.spanId),
      fail: (type) => (span.told.failed = type),
      end: () => (told.ended += 1),
    };
    spans.push(span);
    return span;
  };
  return { spans, begin: (name) => make(`t${spans.length}`, undefined, name) };
}
