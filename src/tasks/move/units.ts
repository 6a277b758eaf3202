/** Request units that the move has used, by what DynamoDB says of each call. Refused writes cost too, and it does not tell. */
import { noMeter, type Meter } from '../../metrics/meter.ts';

export interface Units {
  readonly meter: Meter;
  /** So far. */
  used(): number;
}

export function countUnits(): Units {
  let used = 0;
  const counter = { add: (amount = 1) => (used += amount) };
  return {
    meter: {
      ...noMeter,
      counter: (name, help, labels) =>
        name === 'cartwright_dynamodb_units_total' ? counter : noMeter.counter(name, help, labels),
    },
    used: () => used,
  };
}
