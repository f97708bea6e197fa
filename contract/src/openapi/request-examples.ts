import type { operations, OperationId } from '../partner-center/operations.ts';
import { exampleValues } from './example-values.ts';
import type { Example } from './open-api-types.ts';

type WithBody<Id extends OperationId> = (typeof operations)[Id] extends { body: unknown } ? Id : never;
type OperationIdWithBody = { [Id in OperationId]: WithBody<Id> }[OperationId];

const { deviceId, policyId, batchId } = exampleValues;

/** As .NET writes a device: every member, null or not. */
const dotnetDevice = {
  Id: null,
  SerialNumber: null,
  ProductKey: null,
  HardwareHash: null,
  ModelName: null,
  OemManufacturerName: null,
  Policies: null,
  UploadedDate: '0001-01-01T00:00:00',
  AllowedOperations: null,
  Attributes: { ObjectType: 'Device' },
};

const powerShellDevice = {
  UploadedDate: '0001-01-01T00:00:00Z',
  Attributes: { ObjectType: 'Device' },
};

const dotnetPolicy = {
  Id: null,
  Name: 'Test Config Policy 132100',
  Category: 'o_o_b_e',
  Description: 'This configuration policy is created by the SDK samples',
  DevicesAssignedCount: 0,
  PolicySettings: ['oobe_user_not_local_admin', 'skip_eula'],
  CreatedDate: '0001-01-01T00:00:00',
  LastModifiedDate: '0001-01-01T00:00:00',
  Attributes: { ObjectType: 'ConfigurationPolicy' },
};

const powerShellPolicy = {
  Name: 'Kiosk',
  Category: 'OOBE',
  DevicesAssignedCount: 0,
  PolicySettings: ['OobeUserNotLocalAdmin', 'SkipEula'],
  CreatedDate: '0001-01-01T00:00:00Z',
  LastModifiedDate: '0001-01-01T00:00:00Z',
  Attributes: { ObjectType: 'ConfigurationPolicy' },
};

const dotnet = 'As the .NET SDK writes it: PascalCase, with nulls and dates that are not set';
const powerShell = 'As the PowerShell module writes it: PascalCase, enums in PascalCase, without nulls';
const java = 'As the Java SDK writes it: camelCase, an id twice';
const plain = "In the document's own spelling";
const cipp = 'As CIPP writes it: camelCase, empty texts for what is not used';

const uploadedByDotnet = [
  {
    ...dotnetDevice,
    SerialNumber: '1R9-ZNP67',
    ProductKey: '00329-00000-0003-AA606',
    HardwareHash: 'DummyHash123',
  },
  {
    ...dotnetDevice,
    SerialNumber: '3R9-ZNP67',
    ModelName: 'Model "X" 1',
    OemManufacturerName: 'Contoso é漢',
  },
];

const uploadedByPowerShell = [
  {
    ...powerShellDevice,
    SerialNumber: '4R9-ZNP67',
    ModelName: 'Book 3',
    OemManufacturerName: 'Contoso',
    Policies: [],
  },
];

const uploadedByCipp = [
  {
    serialNumber: '5R9-ZNP67',
    productKey: '',
    hardwareHash: '',
    oemManufacturerName: 'Contoso',
    modelName: 'Book 3',
  },
];

const plainDevices = [
  { serialNumber: '6R9-ZNP67', oemManufacturerName: 'Contoso', modelName: 'Book 3' },
  { productKey: '0123456789012', policies: [{ key: 'o_o_b_e', value: policyId }] },
];

/** Request bodies as real clients write them. All of them are replayed in tests, and answered with success. */
export const requestExamples: { readonly [Id in OperationIdWithBody]: Readonly<Record<string, Example>> } = {
  createDeviceBatch: {
    muster: { summary: plain, value: { batchId, devices: plainDevices } },
    dotnet: {
      summary: dotnet,
      value: {
        BatchId: batchId,
        Devices: uploadedByDotnet,
        Attributes: { ObjectType: 'DeviceBatchCreationRequest' },
      },
    },
    powerShell: {
      summary: powerShell,
      value: {
        BatchId: batchId,
        Devices: uploadedByPowerShell,
        Attributes: { ObjectType: 'DeviceBatchCreationRequest' },
      },
    },
    cipp: { summary: cipp, value: { batchId, devices: uploadedByCipp } },
  },
  addDevices: {
    muster: { summary: plain, value: plainDevices },
    dotnet: { summary: dotnet, value: uploadedByDotnet },
    powerShell: { summary: powerShell, value: uploadedByPowerShell },
    cipp: {
      summary: `${cipp}, and the batch in every device`,
      value: uploadedByCipp.map((device) => ({ ...device, deviceBatchId: batchId })),
    },
  },
  updateDevice: {
    muster: { summary: plain, value: { policies: [{ key: 'o_o_b_e', value: policyId }] } },
    none: { summary: 'Takes the policy away', value: { policies: [{ key: 'o_o_b_e', value: null }] } },
    dotnet: {
      summary: dotnet,
      value: { ...dotnetDevice, Id: deviceId, Policies: [{ Key: 'o_o_b_e', Value: policyId }] },
    },
    powerShell: {
      summary: powerShell,
      value: { ...powerShellDevice, Id: deviceId, Policies: [{ Key: 'OOBE', Value: policyId }] },
    },
  },
  updateDevicePolicies: {
    muster: {
      summary: plain,
      value: { devices: [{ id: deviceId, policies: [{ key: 'o_o_b_e', value: policyId }] }] },
    },
    dotnet: {
      summary: dotnet,
      value: {
        Devices: [{ ...dotnetDevice, Id: deviceId, Policies: [{ Key: 'o_o_b_e', Value: policyId }] }],
        Attributes: { ObjectType: 'DevicePolicyUpdateRequest' },
      },
    },
    powerShell: {
      summary: powerShell,
      value: {
        Devices: [{ ...powerShellDevice, Id: deviceId, Policies: [{ Key: 'OOBE', Value: policyId }] }],
        Attributes: { ObjectType: 'DevicePolicyUpdateRequest' },
      },
    },
    java: {
      summary: `${java}, and the list twice`,
      value: {
        devices: [{ id: deviceId, Id: deviceId, policies: [{ key: 'o_o_b_e', value: policyId }] }],
        setDevices: [{ id: deviceId, Id: deviceId, policies: [{ key: 'o_o_b_e', value: policyId }] }],
      },
    },
  },
  createPolicy: {
    muster: {
      summary: plain,
      value: { name: 'Kiosk', category: 'o_o_b_e', policySettings: ['skip_eula', 'skip_express_settings'] },
    },
    dotnet: { summary: dotnet, value: dotnetPolicy },
    dotnetSample: {
      summary: "As Microsoft's own sample sends it: it sets no category",
      value: { ...dotnetPolicy, Category: 'none' },
    },
    powerShell: { summary: powerShell, value: powerShellPolicy },
  },
  updatePolicy: {
    muster: { summary: plain, value: { policySettings: ['remove_oem_preinstalls'] } },
    dotnet: {
      summary: dotnet,
      value: {
        ...dotnetPolicy,
        Id: policyId,
        Name: 'Renamed Policy 132100',
        Description: null,
        PolicySettings: ['oobe_user_not_local_admin', 'remove_oem_preinstalls'],
      },
    },
    powerShell: { summary: powerShell, value: { ...powerShellPolicy, Id: policyId } },
  },
};

/** The examples of one operation; undefined for one without a body. */
export function requestExamplesOf(id: OperationId): Readonly<Record<string, Example>> | undefined {
  return Object.entries(requestExamples).find(([name]) => name === id)?.[1];
}
