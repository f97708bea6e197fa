import { Button, Card, Link, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { ArrowUploadRegular } from '@fluentui/react-icons/svg/arrow-upload';
import { useState, type ReactNode } from 'react';
import { useLinkTo, useNavigation } from '../shell/navigation.tsx';
import { Page, Problem } from '../shell/page.tsx';
import { useTexts } from '../texts/texts.tsx';
import { useCustomers } from './customer-picker.tsx';

const useStyles = makeStyles({
  search: { maxWidth: '640px', width: '100%' },
  cards: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))', gap: '12px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Where everybody starts: upload, or look at a customer. */
export function HomePage(): ReactNode {
  const styles = useStyles();
  const { say } = useTexts();
  const { go } = useNavigation();
  const linkTo = useLinkTo();
  const [wanted, setWanted] = useState('');
  const { data: customers = [], error } = useCustomers();
  const matches = customers.filter(({ id, companyProfile: { companyName, domain } }) =>
    [id, companyName, domain].some((text) => text.toLowerCase().includes(wanted.trim().toLowerCase())),
  );
  return (
    <Page
      title={say('homeTitle')}
      text={say('homeText')}
      actions={
        <Button appearance="primary" icon={<ArrowUploadRegular />} onClick={() => go('/upload')}>
          {say('uploadTitle')}
        </Button>
      }
    >
      {error && <Problem error={error} />}
      <SearchBox
        className={styles.search}
        size="large"
        aria-label={say('search')}
        placeholder={say('searchCustomers')}
        value={wanted}
        onChange={(_, { value }) => setWanted(value)}
      />
      <div className={styles.cards}>
        {matches.slice(0, 60).map(({ id, companyProfile: { companyName, domain } }) => (
          <Card key={id}>
            <Link {...linkTo(`/customers/${id}`)}>
              <Text weight="semibold">{companyName}</Text>
            </Link>
            <Text className={styles.quiet}>{domain}</Text>
          </Card>
        ))}
      </div>
    </Page>
  );
}
