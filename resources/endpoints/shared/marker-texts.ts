// Values for mappings, chosen so that a change, a cut or a swap of members shows.

/** Long, in mixed case, with every character that is special in JSON, VTL or URLs. */
export const textOf = (name: string): string =>
  `${name} it's a "text" \\ / $x #y %20 + & = ; {}[] 0123456789 AbC ${'z'.repeat(20)}`;

/** With non-ASCII, astral and decomposed characters, and spaces at both ends. */
export const keyOf = (name: string): string => ` ${name} ${textOf('')} é漢🎉e\u0301 `;

/** A distinct hash key for each digit, within Kinesis's 128 bits. */
export const hashKey = (digit: number): string => `34028236692093846346337460743176821145${digit}`;

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Distinct digits, so that a truncated number shows. */
export const LIMIT_MARKER = '123456789';
