/**
 * Reads a plan as JSON (terraform show -json) and fails when a database or a table in it would be deleted or replaced. For
 * scripts/check-terraform.sh, which goes through a move of the carts.
 */
import { readFileSync } from 'node:fs';

interface Plan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly actions: readonly string[] };
  }[];
}

const STORES = ['aws_db_instance', 'aws_dynamodb_table'];

const plan = JSON.parse(readFileSync(0, 'utf8')) as Plan;
const stores = (plan.resource_changes ?? []).filter(({ type }) => STORES.includes(type));
const lost = stores.filter(({ change }) => change.actions.includes('delete'));
for (const { address, change } of lost) console.error(`${address}: ${change.actions.join(', ')}`);
// Both stores are in the plan, or it was not read as it is meant.
const types = new Set(stores.map(({ type }) => type));
if (lost.length > 0 || types.size < STORES.length) process.exitCode = 1;
else console.log(`${stores.length} databases and tables stay`);
