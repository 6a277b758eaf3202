import { describePlayground } from './playground.ts';

describePlayground('dynamodb');
