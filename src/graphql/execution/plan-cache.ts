/** The closures of all operations, as many as fit: those that were used longest ago go first. */
import { LRUCache } from 'lru-cache';

export interface PlanCache<Plan> {
  /**
   * @param key of one outcome of one operation's conditions
   * @param make is told to report fields for which closures were made, also later, as more of the plan is needed, and what else
   * the plan holds, in as many fields
   */
  find(key: string, make: (grown: (fields: number) => void) => Plan): Plan;
}

interface Entry<Plan> {
  plan?: Plan;
  fields: number;
}

/** @param maxFields fields of all plans together, some 3 KB each */
export function createPlanCache<Plan>(maxFields: number): PlanCache<Plan> {
  const plans = new LRUCache<string, Entry<Plan>>({
    maxSize: maxFields,
    sizeCalculation: ({ fields }) => fields,
  });

  return {
    find(key, make) {
      const known = plans.get(key)?.plan;
      if (known) return known;
      const entry: Entry<Plan> = { fields: 1 };
      const plan = make((fields) => {
        entry.fields += fields;
        // Only a value that comes anew is weighed anew.
        if (plans.peek(key) === entry && plans.delete(key)) plans.set(key, entry);
      });
      entry.plan = plan;
      plans.set(key, entry);
      return plan;
    },
  };
}
