import { describePlayground } from './playground.ts';

describePlayground('postgres');
