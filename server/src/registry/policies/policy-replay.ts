import type { ConfigurationPolicy } from '../../store/registry/configuration-policies.ts';

/** The policy that an earlier, identical call was answered with, as `JSON.stringify` wrote it. */
export function readPolicyReplay(text: string): ConfigurationPolicy {
  const policy = JSON.parse(text) as Replay | OldReplay;
  if ('policyId' in policy)
    return { ...policy, createdAt: new Date(policy.createdAt), modifiedAt: new Date(policy.modifiedAt) };
  return {
    policyId: policy.id,
    name: policy.name,
    description: policy.description,
    settings: policy.policySettings,
    version: Number(policy.attributes.etag),
    createdAt: new Date(policy.createdDate),
    modifiedAt: new Date(policy.lastModifiedDate),
    devicesCount: policy.devicesAssigned,
  };
}

type Replay = Omit<ConfigurationPolicy, 'createdAt' | 'modifiedAt'> & {
  createdAt: string;
  modifiedAt: string;
};

/** How versions before 0.2 kept it. */
interface OldReplay {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly policySettings: readonly string[];
  readonly attributes: { readonly etag: string };
  readonly createdDate: string;
  readonly lastModifiedDate: string;
  readonly devicesAssigned: number;
}
