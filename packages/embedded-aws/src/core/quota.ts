/** One of AWS's quotas, as it is without a raise. */
export interface Quota {
  /** AWS's name of it. */
  readonly name: string;
  readonly value: number;
  /** Of the value, where it is not a count: `bytes`. */
  readonly unit?: string;
  /** Where AWS tells it, if not on the service's page of quotas. */
  readonly source?: string;
  /** Reason why it is not checked; absent where it is. */
  readonly unchecked?: string;
}

/** The quotas of a service; docs/quotas.md is made of them. */
export interface QuotaTable<Rows extends Readonly<Record<string, Quota>>> {
  readonly service: string;
  /** The service's page of quotas. */
  readonly page: string;
  readonly rows: Rows;
}

/** Declares the quotas of a service. */
export function quotaTable<const Rows extends Readonly<Record<string, Quota>>>(
  table: QuotaTable<Rows>,
): QuotaTable<Rows> {
  return table;
}

/** The values alone, for the code that enforces them. */
export function quotaValues<Rows extends Readonly<Record<string, Quota>>>({
  rows,
}: QuotaTable<Rows>): { readonly [Name in keyof Rows]: Rows[Name]['value'] } {
  const values = Object.entries(rows).map(([name, { value }]) => [name, value]);
  return Object.fromEntries(values);
}

/** Reason for quotas of an account that no program on one machine comes near to. */
export const OUT_OF_REACH = 'nothing on one machine makes so many';
