// What a Lambda function names as its handler: "site/gate/lambda.handler". Node reads the rest as TypeScript.
import { openLambda } from './lambda.ts';

const opened = openLambda(process.env);

export const handler = async (event) => (await opened).handler(event);
