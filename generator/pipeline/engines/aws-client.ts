import { NodeHttpHandler } from '@smithy/node-http-handler';

/** What each client of AWS here is made with. */
export interface AwsClientConfig {
  region?: string;
  endpoint?: string;
  credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  maxAttempts: 1;
  requestHandler: NodeHttpHandler;
}

const CONNECT_MS = 5_000;

/**
 * Settings of a client: region, endpoint and keys from the variables of the SDK where these have them, else by the SDK's own chain. One
 * attempt a request: a retry may have to be paid, and the stages know when to come back.
 * @param service as its variable calls it, such as "BEDROCK_RUNTIME" of `AWS_ENDPOINT_URL_BEDROCK_RUNTIME`
 * @param longestMs an answer that has not come by then is none
 */
export function awsClient(env: NodeJS.ProcessEnv, service: string, longestMs: number): AwsClientConfig {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const endpoint = env[`AWS_ENDPOINT_URL_${service}`] || env.AWS_ENDPOINT_URL;
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env;
  return {
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(id &&
      secret && { credentials: { accessKeyId: id, secretAccessKey: secret, ...(token && { sessionToken: token }) } }),
    maxAttempts: 1,
    // HTTP/1.1 also where the SDK would take HTTP/2: a server that speaks no HTTP/2 then ended the process. Without throwing, the SDK only
    // writes a warning and waits on.
    requestHandler: new NodeHttpHandler({
      connectionTimeout: CONNECT_MS,
      requestTimeout: longestMs,
      socketTimeout: longestMs,
      throwOnRequestTimeout: true,
    }),
  };
}
