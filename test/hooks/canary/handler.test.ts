import path from 'node:path';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '..', '..', '..');

test('what the function is bundled of reads no file: Lambda has the bundle alone', async () => {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['hooks/canary/handler.ts'],
    bundle: true,
    platform: 'node',
    packages: 'external',
    metafile: true,
    write: false,
  });
  const files = Object.keys(metafile.inputs);

  expect(files.length).toBeGreaterThan(50);
  // Templates are read while the stack is declared.
  expect(files).not.toContain('resources/template-files.ts');
});
