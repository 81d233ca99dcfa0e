import { PipelineError } from '../../errors.ts';

/** What a request fails with. @throws where it does not, or with anything else */
export async function failureOf(asked: Promise<unknown>): Promise<PipelineError> {
  let answer: unknown;
  try {
    answer = await asked;
  } catch (error) {
    if (error instanceof PipelineError) return error;
    throw error;
  }
  throw new Error(`it did not fail: ${JSON.stringify(answer)}`);
}
