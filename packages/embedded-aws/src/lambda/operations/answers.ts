import type { FunctionVersion, StoredFunction } from '../store';

/** A function's configuration as the API returns it, of `$LATEST` or a version. */
export function configurationAnswer(stored: StoredFunction, version?: FunctionVersion) {
  const { configuration, code, lastModified, revisionId } = version ?? stored;
  const { Environment, EphemeralStorage, TracingMode, Description, ...rest } = configuration;
  return {
    FunctionName: stored.name,
    FunctionArn: version === undefined ? stored.arn : `${stored.arn}:${version.version}`,
    Version: version?.version ?? '$LATEST',
    ...rest,
    Description: version?.description || Description,
    CodeSha256: code.sha256,
    CodeSize: code.size,
    // Lambda writes the time zone as an offset without a colon.
    LastModified: lastModified.toISOString().replace('Z', '+0000'),
    RevisionId: revisionId,
    Environment: Environment && { Variables: Environment },
    EphemeralStorage: { Size: EphemeralStorage },
    TracingConfig: { Mode: TracingMode },
    PackageType: 'Zip',
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
