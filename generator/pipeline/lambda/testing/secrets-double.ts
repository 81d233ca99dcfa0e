import { awsJson, type Double, double, jsonOf } from '../../engines/testing/doubles/server.ts';
import type { JsonObject } from '../../ports.ts';

/** Our reading of AWS Secrets Manager, for tests. @param secrets by their names */
export const secretsDouble = (secrets: { [name: string]: JsonObject }): Promise<Double> =>
  double({
    ...awsJson('secretsmanager'),
    answer(request) {
      const name = String(jsonOf(request).SecretId);
      const secret = secrets[name];
      if (request.action === 'GetSecretValue' && secret)
        return { json: { Name: name, SecretString: JSON.stringify(secret) } };
      return { error: { status: 400, code: 'ResourceNotFoundException', message: 'There is no such secret.' } };
    },
  });
