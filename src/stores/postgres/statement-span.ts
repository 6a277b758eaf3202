/** Statements as spans, under OpenTelemetry's names: which one it was, and neither its text nor its parameters. */
import { OTHER } from '../../metrics/meter.ts';
import { endWith, errorName, type Span } from '../../tracing/tracer.ts';
import { codeOf } from './pool-meter.ts';

export interface StatementSpan {
  /** It has a connection, and was sent. */
  sent(): void;
  /** Ends the span when the answer is there. */
  endWith<Result>(answer: Promise<Result>): Promise<Result>;
}

/** @param parent that of the request, or of what is done for several */
export function beginStatement(parent: Span, statement: string): StatementSpan {
  const begun = performance.now();
  const span = parent.begin(statement, 'client', {
    'db.system.name': 'postgresql',
    'db.operation.name': statement,
    'db.query.summary': statement,
  });
  return {
    sent() {
      // Its part of the span's time: a pool that is too small shows here.
      span.set({ 'db.client.connection.wait_time': (performance.now() - begun) / 1_000 });
    },
    endWith: (answer) => endWith(span, answer, typeOf),
  };
}

function typeOf(error: unknown): string {
  const code = codeOf(error);
  return code === OTHER ? errorName(error) : code;
}
