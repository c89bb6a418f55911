/** The application's own tools: it compiles itself and bundles the canary, which the package has compiled. */
const OF_THE_CHECKOUT: ReadonlySet<string> = new Set([
  '@swc/core',
  'esbuild',
  'serverless-esbuild',
]);
/** Brought by the service that takes the package in. */
const PEER = 'serverless';

type Versions = Readonly<Record<string, string>>;

/** The members of the repository's package.json that a published one repeats or is made from. */
export interface RootManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly engines: Versions;
  readonly dependencies: Versions;
}

/**
 * The package.json of the package that others install. The repository's own is that of an application:
 * its dependencies are what `npm ci --omit=dev` needs to run and deploy it.
 * @throws Error if the repository does not depend on the framework
 */
export function publishedManifest(root: RootManifest): object {
  const { name, version, description, keywords, license, engines, dependencies } = root;
  const framework = dependencies[PEER];
  if (framework === undefined) throw new Error(`package.json has no dependency ${PEER}`);
  const own = Object.entries(dependencies).filter(
    ([dependency]) => dependency !== PEER && !OF_THE_CHECKOUT.has(dependency),
  );
  return {
    name,
    version,
    description,
    keywords,
    license,
    engines,
    types: './index.d.ts',
    main: './index.js',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './hooks/*': './hooks/*.js',
      './package.json': './package.json',
    },
    dependencies: Object.fromEntries(own),
    // Any later version of the same major: the service chooses.
    peerDependencies: { [PEER]: framework.replace(/@(\d)/, '@^$1') },
  };
}
