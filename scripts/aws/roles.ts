import type { Construct } from 'constructs';
import { CfnOIDCProvider, CfnRole, Fn } from './cdk.ts';
import type { Given, ParameterName } from './parameters.ts';
import { named, namesOf, policyOf } from './policy.ts';
import { ciRights, generatorRights, type Statement } from './rights.ts';

const ISSUER = 'token.actions.githubusercontent.com';

/** The roles that GitHub's workflows take without any key: one builds and sends, one deploys the gate. */
export function workflowRoles(scope: Construct, given: Given) {
  const provider = new CfnOIDCProvider(scope, 'GitHubProvider', {
    url: `https://${ISSUER}`,
    clientIdList: ['sts.amazonaws.com'],
  });
  provider.cfnOptions.condition = given.condition('NewProvider');
  const providerArn = Fn.conditionIf(
    given.condition('NewProvider').logicalId,
    provider.attrArn,
    given.value('GitHubProviderArn'),
  ).toString();
  const role = (id: string, name: string, environment: ParameterName, statements: Statement[]) =>
    new CfnRole(scope, id, {
      roleName: named(given, name),
      // An hour at most: longer than any job.
      maxSessionDuration: 3600,
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Federated: providerArn },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: { StringEquals: claimsOf(given, given.value(environment)) },
          },
        ],
      },
      policies: [{ policyName: 'rights', policyDocument: policyOf(given, statements) }],
    });
  const names = namesOf(given);
  return {
    generator: role('GeneratorRole', 'generator', 'GitHubEnvironment', generatorRights(names)),
    ci: role('CiRole', 'deploy', 'GitHubDeployEnvironment', ciRights(names)),
  };
}

/** What a token must say; its branch too, where that is asked for. */
function claimsOf(given: Given, environment: string): object {
  const claims = { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: subjectOf(given, environment) };
  return Fn.conditionIf(
    given.condition('Branch').logicalId,
    { ...claims, [`${ISSUER}:ref`]: `refs/heads/${given.value('GitHubBranch')}` },
    claims,
  );
}

/**
 * The one form of `sub` that the repository's tokens have: with ids where they are given, else with names alone. Never both: the names
 * alone would also let in whoever takes over a name that was given up.
 */
function subjectOf(given: Given, environment: string): object {
  const [owner, repository] = [given.value('GitHubOwner'), given.value('GitHubRepository')];
  return Fn.conditionIf(
    given.condition('GitHubIds').logicalId,
    `repo:${owner}@${given.value('GitHubOwnerId')}/${repository}@${given.value('GitHubRepositoryId')}:environment:${environment}`,
    `repo:${owner}/${repository}:environment:${environment}`,
  );
}
