import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const client = fileURLToPath(new URL('../../client/src/', import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@cartwright\/client$/, replacement: `${client}index.ts` },
      { find: /^@cartwright\/client\/react$/, replacement: `${client}react/index.ts` },
    ],
    // The client's sources lie outside of this folder, and have no React beside them.
    dedupe: ['react', 'react-dom'],
  },
  server: { fs: { allow: ['.', client] } },
});
