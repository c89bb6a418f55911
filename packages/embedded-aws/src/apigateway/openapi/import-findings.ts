import { AwsError } from '../../core/errors';
import { badRequest } from '../errors';

/**
 * The findings of an import. Errors of all steps are told together; warnings are told beside the
 * API, or refuse the document where the caller wants that.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-errors-warnings.html
 */
export class ImportFindings {
  readonly warnings: string[] = [];
  readonly #errors: string[] = [];

  warn(warning: string): void {
    this.warnings.push(warning);
  }

  /**
   * Runs one step of the import.
   * @param step for example `create model for 'Pet'`
   * @returns undefined if the step failed
   */
  attempt<Result>(step: string, run: () => Result): Result | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#errors.push(`Unable to ${step}: ${error.message}`);
      return undefined;
    }
  }

  /**
   * The texts are known from Testlio/lambda-tools#56 (errors), from hashicorp/terraform-provider-aws
   * (warnings), and together from reports of `cdk deploy`.
   * @throws AwsError BadRequestException if there are errors, or warnings where they count as such
   */
  settle(failsOnWarnings: boolean): void {
    if (this.#errors.length > 0) {
      const warnings =
        this.warnings.length === 0
          ? ''
          : `\nAdditionally, these warnings were found:${indented(this.warnings)}`;
      throw badRequest(`Errors found during import:${indented(this.#errors)}${warnings}`);
    }
    if (failsOnWarnings && this.warnings.length > 0) {
      throw badRequest(`Warnings found during import:${indented(this.warnings)}`);
    }
  }
}

const indented = (lines: readonly string[]): string => lines.map((line) => `\n\t${line}`).join('');
