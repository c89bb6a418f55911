// Values for mappings: when one of them arrives changed, cut or in another member, it shows.

/** Long, in upper and lower case, with every character that is special in JSON, in VTL and in URLs. */
export const textOf = (name: string): string =>
  `${name} it's a "text" \\ / $x #y %20 + & = ; {}[] 0123456789 AbC ${'z'.repeat(20)}`;

/** Beyond ASCII and beyond 16 bits, decomposed, and with blanks at both ends. */
export const keyOf = (name: string): string => ` ${name} ${textOf('')} é漢🎉e\u0301 `;

/** Different for each digit, and within Kinesis's 128 bits. */
export const hashKey = (digit: number): string => `34028236692093846346337460743176821145${digit}`;

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A number that shows when it is cut. */
export const LIMIT_MARKER = '123456789';
