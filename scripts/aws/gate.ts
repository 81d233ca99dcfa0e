import type { Construct } from 'constructs';
import {
  Aws,
  CfnDistribution,
  CfnEdgeFunction,
  CfnFunction,
  CfnLogGroup,
  CfnOutput,
  CfnPermission,
  CfnRole,
  CfnSecret,
  CfnUrl,
  Fn,
} from './cdk.ts';
import type { Given } from './parameters.ts';
import { arnOf, named, namesOf, policyOf, trustOf } from './policy.ts';
import { gateRights } from './rights.ts';

/** AWS' own policies, by their ids. */
const NO_CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const BEST_CACHE = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** Who asks, as CloudFront saw it: whatever a browser says under this name is overwritten. */
const VIEWER = `function handler(event) {
  event.request.headers['x-cci-viewer'] = { value: event.viewer.ip };
  return event.request;
}
`;

/** The code of the gate: a zip in a bucket, or where an app of CDK puts it. */
export interface GateCode {
  s3Bucket: string;
  s3Key: string;
}

/** The gate as a Lambda function behind its URL, and CloudFront before it, which has the host name and the certificate. */
export function gate(scope: Construct, given: Given, code: GateCode): void {
  const condition = given.condition('Gate');
  const name = named(given, 'gate');
  // The URL of the function is public: this proves that a request came through CloudFront.
  const edgeKey = new CfnSecret(scope, 'EdgeKey', {
    name: named(given, 'edge-key'),
    description: 'Proves to the gate that a request came through CloudFront.',
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  const edgeSecret = `{{resolve:secretsmanager:${edgeKey.ref}:SecretString}}`;
  const secret = (key: string) => `{{resolve:secretsmanager:${given.value('GateSecretArn')}:SecretString:${key}}}`;
  const log = new CfnLogGroup(scope, 'GateLog', {
    logGroupName: `/aws/lambda/${name}`,
    retentionInDays: given.number('LogDays'),
  });
  const role = new CfnRole(scope, 'GateRole', {
    roleName: name,
    assumeRolePolicyDocument: trustOf('lambda.amazonaws.com'),
    policies: [
      { policyName: 'rights', policyDocument: policyOf(given, gateRights(namesOf(given))) },
      {
        policyName: 'log',
        policyDocument: policyOf(given, [
          {
            Sid: 'Log',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: arnOf('logs', `log-group:/aws/lambda/${name}:*`),
          },
        ]),
      },
    ],
  });
  const lambda = new CfnFunction(scope, 'GateFunction', {
    functionName: name,
    description: 'Lets people see the site of their own organization and no other.',
    runtime: 'nodejs24.x',
    architectures: ['x86_64'],
    handler: 'site/gate/lambda.handler',
    code,
    role: role.attrArn,
    memorySize: 1024,
    timeout: 30,
    environment: {
      variables: {
        NODE_ENV: 'production',
        CCI_REPORTS_URL: `s3://${given.value('ReportsBucketName')}`,
        CCI_SITE_URL: `https://${given.value('SiteDomain')}`,
        CCI_AUDIT: given.value('GateAudit'),
        CCI_EDGE_KEY: edgeSecret,
        CCI_UNSUBSCRIBE_KEY: secret('CCI_UNSUBSCRIBE_KEY'),
        CLERK_SECRET_KEY: secret('CLERK_SECRET_KEY'),
        PUBLIC_CLERK_PUBLISHABLE_KEY: given.value('ClerkPublishableKey'),
        CCI_CLERK_JWT_KEY: given.value('ClerkJwtKey'),
        CCI_INPUT_URL: Fn.conditionIf(
          given.condition('Recordings').logicalId,
          `s3://${given.value('InputBucketName')}`,
          Aws.NO_VALUE,
        ).toString(),
      },
    },
  });
  lambda.addResourceDependency(log);
  const url = new CfnUrl(scope, 'GateUrl', {
    targetFunctionArn: lambda.attrArn,
    // Not signed by CloudFront: then it would take no POST of a mail client, by which a digest is ended.
    authType: 'NONE',
    invokeMode: 'BUFFERED',
  });
  const permissions = [
    new CfnPermission(scope, 'GateUrlPermission', {
      action: 'lambda:InvokeFunctionUrl',
      functionName: lambda.attrArn,
      principal: '*',
      functionUrlAuthType: 'NONE',
    }),
    new CfnPermission(scope, 'GateInvokePermission', {
      action: 'lambda:InvokeFunction',
      functionName: lambda.attrArn,
      principal: '*',
      invokedViaFunctionUrl: true,
    }),
  ];
  const viewer = new CfnEdgeFunction(scope, 'GateViewer', {
    name: named(given, 'viewer'),
    autoPublish: true,
    functionCode: VIEWER,
    functionConfig: { comment: 'Tells the gate who asks.', runtime: 'cloudfront-js-2.0' },
  });
  const edge = new CfnDistribution(scope, 'GateEdge', {
    distributionConfig: {
      comment: name,
      enabled: true,
      httpVersion: 'http2and3',
      ipv6Enabled: true,
      aliases: [given.value('SiteDomain')],
      viewerCertificate: {
        acmCertificateArn: given.value('CertificateArn'),
        sslSupportMethod: 'sni-only',
        minimumProtocolVersion: 'TLSv1.2_2021',
      },
      origins: [
        {
          id: 'gate',
          domainName: Fn.select(2, Fn.split('/', url.attrFunctionUrl)),
          customOriginConfig: { originProtocolPolicy: 'https-only', originSslProtocols: ['TLSv1.2'] },
          originCustomHeaders: [{ headerName: 'x-cci-edge-key', headerValue: edgeSecret }],
        },
      ],
      // What is of a reader is never stored on the way; the files of every site (`/assets/`) are the same for all, and public.
      defaultCacheBehavior: {
        ...behavior(viewer.attrFunctionArn),
        allowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        cachePolicyId: NO_CACHE,
        originRequestPolicyId: ALL_BUT_HOST,
      },
      cacheBehaviors: [{ ...behavior(viewer.attrFunctionArn), pathPattern: '/assets/*', cachePolicyId: BEST_CACHE }],
    },
  });
  for (const each of [edgeKey, log, role, lambda, url, ...permissions, viewer, edge])
    each.cfnOptions.condition = condition;
  new CfnOutput(scope, 'GateEdgeDomain', {
    description: 'What the host name of the sites must point to, by a CNAME or an alias record.',
    value: edge.attrDomainName,
    condition,
  });
}

const behavior = (functionArn: string) => ({
  targetOriginId: 'gate',
  viewerProtocolPolicy: 'redirect-to-https',
  // The gate has its own coding of each file.
  compress: false,
  functionAssociations: [{ eventType: 'viewer-request', functionArn }],
});
