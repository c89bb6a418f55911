import { oneOfNumbers } from './kinds';

/** A DNS label. */
const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const HOST = `${LABEL}(\\.${LABEL})*`;

const PORT = '([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])';

// Browsers omit the scheme's default port, so an origin that names it would never match.
const ORIGIN = `(http:\\/\\/${HOST}(:(?!80(,|$))${PORT})?|https:\\/\\/${HOST}(:(?!443(,|$))${PORT})?)`;

export const ONE_ORIGIN = new RegExp(`^${ORIGIN}$`);

export const ORIGINS = new RegExp(`^(\\*|${ORIGIN}(,${ORIGIN})*)$`);

/** Names of headers. */
export const HEADER_NAMES = /^[A-Za-z0-9][\w-]*(,[A-Za-z0-9][\w-]*)*$/;

export const DOMAIN_NAME = new RegExp(`^(${LABEL}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`);

/** A list without duplicates. */
const listOf = (item: string) =>
  new RegExp(`^(?!.*(?<=^|,)(${item})(,.*)?,\\1(,|$))${item}(,${item})*$`);

/** Without duplicates, which API Gateway rejects. */
export const VPC_ENDPOINTS = listOf('vpce-[0-9a-f]{8,17}');

const KEY_ID = '(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';

/** The only name of a key that IAM takes as a resource; `mrk-` begins the id of a multi-Region key. */
const KMS_KEY_ARN = `arn:[a-z-]+:kms:[a-z0-9-]+:\\d{12}:key\\/${KEY_ID}`;

export const KMS_KEY = new RegExp(`^${KMS_KEY_ARN}$`);

export const KMS_KEYS = listOf(KMS_KEY_ARN);

/** Variables that Fn::Sub can fill in; any other would fail the deployment midway. */
const FILLED_IN = '\\$\\{(RestApi|Stage|AWS::(AccountId|Partition|Region|StackName|URLSuffix))\\}';

export const INVOKE_URL = new RegExp(`^https?:\\/\\/([^\\s$]|\\$(?!\\{)|${FILLED_IN})+$`);

const IAM_PATH = '\\/([\\w+=,.@-]+\\/)*';

export const ROLE_PATH = new RegExp(`^${IAM_PATH}$`);

/** Of the account, or one of AWS's own. */
export const MANAGED_POLICY_ARN = new RegExp(
  `^arn:aws[a-z-]*:iam::(\\d{12}|aws):policy${IAM_PATH}[\\w+=,.@-]{1,128}$`,
);

/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const RETENTION_DAYS = oneOfNumbers(
  'one of the numbers of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, …',
  ...([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545] as const),
  ...([731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const),
);

/** A field of a cron expression: `*`, or a list of values, ranges and steps. */
function field(value: string): string {
  const range = `${value}(-${value})?`;
  return `(\\*|${range})(\\/\\d{1,2})?(,${range}(\\/\\d{1,2})?)*`;
}

const MINUTE = field('[0-5]?\\d');
const HOUR = field('([01]?\\d|2[0-3])');
const DAY = `(${field('(0?[1-9]|[12]\\d|3[01])')}|L|LW|([1-9]|[12]\\d|3[01])W)`;
const MONTH = field('(0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)');
const WEEKDAY_VALUE = '([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)';
const WEEKDAY = `(${field(WEEKDAY_VALUE)}|L|${WEEKDAY_VALUE}(L|#[1-5]))`;
const YEAR = field('(19[7-9]\\d|2(0\\d\\d|1\\d\\d))');

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html */
export const SCHEDULE = new RegExp(
  `^(rate\\((1 (minute|hour|day)|([2-9]|[1-9]\\d{1,3}) (minutes|hours|days))\\)` +
    `|cron\\(${MINUTE} ${HOUR} (${DAY} ${MONTH} \\?|\\? ${MONTH} ${WEEKDAY}) ${YEAR}\\))$`,
);
