/** Before all tests: at the same time they would compile over each other, and the first of them would wait for it. */
export { buildPrograms as default } from '../processes/build.ts';
