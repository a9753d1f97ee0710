import type { SecretEngine } from './engine.js';

/** AWS Secrets Manager: `secrets-manager!r:<region>!s:<secret>!k:<key>`. */
export const secretsManager: SecretEngine = {
  required: ['r', 's'],
  holdsDocuments: true,
  async read(parameter, { transport }) {
    const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
    const client = new SecretsManagerClient({ region: parameter('r'), requestHandler: transport.amazonHandler() });
    try {
      const answer = await client.send(new GetSecretValueCommand({ SecretId: parameter('s') }));
      return answer.SecretBinary ?? Buffer.from(answer.SecretString ?? '');
    } finally {
      client.destroy();
    }
  },
};

/** An object in S3: `s3!r:<region>!b:<bucket>!f:<path>!k:<key>`. */
export const s3: SecretEngine = {
  required: ['r', 'b', 'f'],
  holdsDocuments: true,
  async read(parameter, { transport }) {
    const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const client = new S3Client({ region: parameter('r'), requestHandler: transport.amazonHandler() });
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: parameter('b'), Key: parameter('f') }));
      return (await Body?.transformToByteArray()) ?? Buffer.alloc(0);
    } finally {
      client.destroy();
    }
  },
};
