import { defineConfig } from 'eslint/config';
import root from '../../eslint.config.ts';

/** The root's rules, applied from here, where the packages of the shop are found. */
export default defineConfig({ ignores: ['dist/'] }, root);
