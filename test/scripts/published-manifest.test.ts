import { readFileSync } from 'node:fs';
import path from 'node:path';
import { publishedManifest, type RootManifest } from '../../scripts/published-manifest';

const root: RootManifest = JSON.parse(
  readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8'),
);

test('a service that installs the package brings the framework, and nothing that compiles it', () => {
  expect(publishedManifest(root)).toMatchObject({
    dependencies: expect.not.objectContaining({
      '@swc/core': expect.anything(),
      esbuild: expect.anything(),
      'serverless-esbuild': expect.anything(),
      serverless: expect.anything(),
    }),
    peerDependencies: { serverless: expect.stringMatching(/^npm:osls@\^\d/) },
  });
});

test('without the framework there is nothing to take the package in', () => {
  expect(() => publishedManifest({ ...root, dependencies: {} })).toThrow(
    'no dependency serverless',
  );
});
