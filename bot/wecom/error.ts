/** What WeCom answered, or that it did not; `retryable` tells the outbox whether to try again. */
export class WecomError extends Error {
  readonly errcode: number;
  readonly retryable: boolean;
  constructor(api: string, errcode: number, retryable: boolean) {
    super(`${api} errcode ${errcode}`);
    this.errcode = errcode;
    this.retryable = retryable;
  }
}
