/** The patterns by which CloudWatch finds faults and deadlines in the log, on lines as the service writes them. */
import { expect, test } from 'vitest';
import { createLog } from '../../src/process/log.ts';
import { DeadlineExceeded } from '../../src/waiting/abortable.ts';
import { terraformFiles } from './terraform-files.ts';

const text = terraformFiles.find(({ path }) => path === 'modules/alarms/log.tf')?.text ?? '';

/** By the name of the line, in Terraform's words. */
const patterns = new Map(
  [...text.matchAll(/^ {4}(\w+) = \{[^}]*?pattern = "((?:[^"\\]|\\.)*)"/gms)].map(
    ([, name = '', pattern = '']) => [name, JSON.parse(`"${pattern}"`) as string],
  ),
);

/** What of CloudWatch's patterns is used here: fields that are equal to a text, with || between them. */
function matches(pattern: string, line: unknown): boolean {
  const [, terms] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (terms === undefined) throw new Error(`not understood: ${pattern}`);
  return terms.split(' || ').some((term) => {
    const [, path, value] = /^\$((?:\.\w+)+) = "(\w+)"$/.exec(term) ?? [];
    if (path === undefined) throw new Error(`not understood: ${term}`);
    const found = path
      .slice(1)
      .split('.')
      .reduce<unknown>((object, key) => (object as Record<string, unknown> | undefined)?.[key], line);
    return found === value;
  });
}

function linesOf(write: (log: ReturnType<typeof createLog>) => void): unknown[] {
  const lines: unknown[] = [];
  write(createLog('info', { write: (line) => lines.push(JSON.parse(line)) }));
  return lines;
}

test.each([
  ['faults', [true, true, true, true, false, false]],
  ['deadlines', [false, true, true, false, false, false]],
])('%s', (name, expected) => {
  const pattern = patterns.get(name) ?? '';
  const deadline = new DeadlineExceeded(2_000);
  const lines = linesOf((log) => {
    log.error({ err: new Error('no'), requestId: 'a' }, 'a request failed');
    log.error({ err: deadline, requestId: 'a' }, 'a resolver failed');
    log.error({ err: new Error('unknown', { cause: deadline }) }, 'a resolver failed');
    log.fatal({ err: new Error('no') }, 'the service cannot go on');
    log.warn({ err: new Error('no') }, 'a database connection was lost while idle');
    log.info('listening');
  });
  expect(lines.map((line) => matches(pattern, line))).toEqual(expected);
});

test('each has a metric, an alarm, and rolls back a release', () => {
  expect([...patterns.keys()]).toEqual(['faults', 'deadlines']);
  expect(text).toMatch(/resource "aws_cloudwatch_log_metric_filter" "lines" \{\s+for_each = local\.lines/);
  expect(text).toMatch(/resource "aws_cloudwatch_metric_alarm" "lines" \{\s+for_each = local\.lines/);
  const outputs = terraformFiles.find(({ path }) => path === 'modules/alarms/outputs.tf')?.text ?? '';
  expect(outputs).toMatch(
    /output "rollback_alarm_names" \{[^}]*aws_cloudwatch_metric_alarm\.lines : alarm\.alarm_name/s,
  );
});
