/** What is handed out: its weight, that it stands alone, and that its documents are those of its manifest. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import * as operations from '../../client/src/generated/operations.ts';

const folder = new URL('../../client/', import.meta.url).pathname;

/** Bytes, minified and compressed, of all that an entry point exports. */
async function weigh(entry: string): Promise<{ bytes: number; imports: string[] }> {
  const { outputFiles, metafile } = await build({
    entryPoints: [`${folder}src/${entry}`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['react'],
    write: false,
    metafile: true,
    outdir: folder,
  });
  const [file] = outputFiles;
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports.map(({ path }) => path));
  return { bytes: gzipSync(file?.contents ?? '', { level: 9 }).length, imports };
}

it('the core weighs at most 8 KB, and needs nothing', async () => {
  const { bytes, imports } = await weigh('index.ts');
  expect(bytes).toBeLessThanOrEqual(8 * 1024);
  expect(bytes).toBeGreaterThan(4 * 1024);
  expect(imports).toEqual([]);
});

it('the entry points for React, Apollo Client and urql weigh next to nothing', async () => {
  const react = await weigh('react/index.ts');
  expect(react.imports).toEqual(['react']);
  expect(react.bytes).toBeLessThan(1024);
  for (const entry of ['apollo/index.ts', 'urql/index.ts']) {
    const { bytes, imports } = await weigh(entry);
    expect(imports).toEqual([]);
    expect(bytes).toBeLessThan(1024);
  }
});

it('the manifest for TRUSTED_DOCUMENTS has exactly the documents that are sent', async () => {
  const manifest = JSON.parse(await readFile(`${folder}trusted-documents.json`, 'utf8')) as Record<
    string,
    string
  >;
  const texts = Object.values(operations).map(String);
  expect(Object.values(manifest).sort()).toEqual(texts.sort());
  for (const [hash, text] of Object.entries(manifest)) {
    expect(hash).toBe(`sha256:${createHash('sha256').update(text).digest('hex')}`);
  }
});
