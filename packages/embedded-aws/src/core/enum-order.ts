/** The buckets of the hash table that AWS's services keep the values of an enumeration in. */
const BUCKETS = 32;

/**
 * The values of an enumeration in the order in which AWS's messages list them, which is neither the
 * model's nor the alphabet's: it is the order of a hash table whose buckets are Java's hash codes of
 * the texts, modulo 32, and in which the last value of a bucket comes first. All lists that are known
 * from AWS are in it: those of API Gateway (L test_gateway_response_validation, 15-04-2024, with 21
 * values; test_put_integration_wrong_type, test_update_rest_api_concatenation_of_errors and others),
 * of CloudFormation's capabilities (aws-actions/aws-cloudformation-github-deploy#130) and of Kinesis's
 * iterator types (kinesalite's tests). Whether the table grows for more than 24 values is unknown.
 */
export function inAwsOrder(values: readonly string[]): readonly string[] {
  return [...values]
    .reverse()
    .map((value) => ({ value, bucket: javaHash(value) & (BUCKETS - 1) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ value }) => value);
}

/** `String.hashCode` */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  }
  return hash;
}
