import { Link } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { EmptyState } from '../shell/empty-state.tsx';
import { useLinkTo, useNavigation } from '../shell/navigation.tsx';
import { useTexts } from '../texts/texts.tsx';
import { UploadPage } from '../upload/upload-page.tsx';
import { BatchPage } from './batch-page.tsx';
import { CustomerPage } from './customer-page.tsx';
import { CustomersPage } from './customers-page.tsx';
import { DevicePage } from './device-page.tsx';
import { HomePage } from './home-page.tsx';
import { JobPage } from './job-page.tsx';
import { JobsPage } from './jobs-page.tsx';

/** Every page by its path. A `:name` stands for one part of it. */
const pages: readonly (readonly [string, (parameters: Readonly<Record<string, string>>) => ReactNode])[] = [
  ['/', () => <HomePage />],
  ['/upload', () => <UploadPage />],
  ['/jobs', () => <JobsPage />],
  ['/devices/:deviceId', ({ deviceId = '' }) => <DevicePage deviceId={deviceId} />],
  ['/customers', () => <CustomersPage />],
  ['/customers/:customerId', ({ customerId = '' }) => <CustomerPage customerId={customerId} />],
  [
    '/customers/:customerId/batches/:batchId',
    ({ customerId = '', batchId = '' }) => <BatchPage customerId={customerId} batchId={batchId} />,
  ],
  [
    '/customers/:customerId/jobs/:trackingId',
    ({ customerId = '', trackingId = '' }) => <JobPage customerId={customerId} trackingId={trackingId} />,
  ],
];

/** The page of the address. */
export function Pages(): ReactNode {
  const { path } = useNavigation();
  for (const [pattern, render] of pages) {
    const parameters = match(pattern, path);
    if (parameters) return render(parameters);
  }
  return <NoPage />;
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const parts = path.replace(/(?<=.)\/$/, '').split('/');
  if (parts.length !== wanted.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [at, one] of wanted.entries()) {
    const part = parts[at] ?? '';
    if (one.startsWith(':')) parameters[one.slice(1)] = decode(part);
    else if (one !== part) return undefined;
  }
  return parameters;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function NoPage(): ReactNode {
  const { say } = useTexts();
  const linkTo = useLinkTo();
  return (
    <EmptyState title={say('noPage')} text={say('noPageText')}>
      <Link {...linkTo('/')}>{say('home')}</Link>
    </EmptyState>
  );
}
