/** The stack in both forms, synthesised without a network or an account, and what may be given to it. */
import { type Template, writtenFiles } from '../synthesize.ts';

/** Path beside the sources → text, as `write.ts` writes it. */
export const written = writtenFiles();
const templateOf = (file: string) => JSON.parse(written[file] ?? '') as Template;

/** With the buckets of a pipeline that is there; with buckets of its own. */
export const [existing, whole] = [templateOf('template.json'), templateOf('template-with-buckets.json')];

/** No parameter less. */
export const LEAST = {
  ReportsBucketName: 'reports',
  ResultsBucketName: 'results',
  ConfigBucketName: 'config',
  CodeBucketName: 'code',
  GitHubOwner: 'acme',
  GitHubRepository: 'sites',
};
/** Every parameter. */
export const ALL = {
  ...LEAST,
  InputBucketName: 'input',
  PipelineKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/pipeline',
  ReportsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/reports',
  GitHubOwnerId: '1',
  GitHubRepositoryId: '2',
  GitHubProviderArn: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
  GitHubAppSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:app',
  MailDomain: 'example.com',
  SiteDomain: 'reports.acme.com',
  CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
  GateCodeKey: 'gate/1.zip',
  GateSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:gate',
  ClerkPublishableKey: 'pk_live_1',
  ClerkJwtKey: 'pem',
};
