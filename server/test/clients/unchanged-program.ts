// A program as it is written for Partner Center: no address of Muster stands in it. Its surroundings decide where Azure
// AD's and Partner Center's hosts are (HTTPS_PROXY) and who is trusted (NODE_EXTRA_CA_CERTS). Run by unchanged-program.test.ts.
import { ConfidentialClientApplication } from '@azure/msal-node';
import { connectPartner } from '@muster/sdk';

const {
  CLIENT_ID: clientId = '',
  CLIENT_SECRET: clientSecret = '',
  CUSTOMER_ID: customerId = '',
} = process.env;

async function tokenFrom(authority: string) {
  const application = new ConfidentialClientApplication({ auth: { clientId, clientSecret, authority } });
  const scopes = ['https://api.partnercenter.microsoft.com/.default'];
  const token = await application.acquireTokenByClientCredential({ scopes });
  return { token: token?.accessToken ?? '', expiresOnTimestamp: Number(token?.expiresOn) };
}

const [, , ...authorities] = process.argv;
for (const authority of authorities) {
  const partner = connectPartner({ credentials: { getToken: () => tokenFrom(authority) } });
  const { deviceBatches } = partner.customers.byId(customerId);
  const device = { serialNumber: authority, oemManufacturerName: 'Contoso', modelName: 'Book 3' };
  const totals = await deviceBatches.upload([device], { batchId: 'Office' }).finish();
  console.log(JSON.stringify({ authority, succeeded: totals.succeeded }));
}
