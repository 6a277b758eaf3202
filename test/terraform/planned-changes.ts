/**
 * Reads a plan as JSON (terraform show -json) and fails when anything in it would change, but for what the emulator, moto,
 * forgets of what it was told. For scripts/check-terraform.sh.
 */
import { readFileSync } from 'node:fs';

type Values = Readonly<Record<string, unknown>> | null;

interface Change {
  readonly actions: readonly string[];
  readonly before: Values;
  readonly after: Values;
  readonly after_unknown?: Values;
}

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: Change;
  }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

/** Arguments that moto takes and does not give back; AWS does. Seen with moto 5.2.5. */
const FORGOTTEN: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: [
    'database_insights_mode',
    'performance_insights_enabled',
    'performance_insights_retention_period',
  ],
  aws_db_parameter_group: ['parameter'],
  aws_ecs_service: [
    'availability_zone_rebalancing',
    'enable_ecs_managed_tags',
    'health_check_grace_period_seconds',
  ],
  aws_vpc_security_group_egress_rule: ['description'],
  aws_vpc_security_group_ingress_rule: ['description'],
};

function differing({ before, after, after_unknown: unknown }: Change): string[] {
  const names = new Set([before, after, unknown ?? null].flatMap((values) => Object.keys(values ?? {})));
  return [...names].filter((name) =>
    unknown?.[name] === true ? true : JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
}

let forgotten = 0;
const left: string[] = [];
const plan = JSON.parse(readFileSync(0, 'utf8')) as Plan;
for (const { address, type, change } of plan.resource_changes ?? []) {
  const actions = change.actions.join(', ');
  if (actions === 'no-op' || actions === 'read') continue;
  const names = differing(change).filter((name) => !FORGOTTEN[type]?.includes(name));
  if (actions === 'update' && names.length === 0) forgotten += 1;
  else left.push(`${address}: ${actions} (${names.join(', ')})`);
}
for (const [name, { actions }] of Object.entries(plan.output_changes ?? {})) {
  if (actions.join() !== 'no-op') left.push(`output ${name}: ${actions.join(', ')}`);
}

for (const line of left) console.error(line);
if (left.length > 0) process.exitCode = 1;
else console.log(`no changes, but ${forgotten} of arguments that the emulator forgets`);
