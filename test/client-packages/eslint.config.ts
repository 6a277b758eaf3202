import { defineConfig } from 'eslint/config';
import root from '../../eslint.config.ts';

/** The root's rules, applied from here, where the packages are found. */
export default defineConfig({ ignores: ['.pages/'] }, root);
